import type { AgentTool, InternalTool, ModelTool } from "@butler/domain"
import { collectDetails, collectDetailsSpec } from "./collectDetails.ts"
import { handOver, handOverSpec } from "./handOver.ts"
import type { InternalToolContext } from "./InternalToolContext.ts"
import { resolve, resolveSpec } from "./resolve.ts"
import { searchKnowledgeSpec, searchKnowledgeTool } from "./searchKnowledgeTool.ts"

const TOOLS: Readonly<Record<InternalTool, (context: InternalToolContext) => AgentTool>> = {
  collect_details: collectDetails,
  hand_over: () => handOver,
  resolve: () => resolve,
  search_knowledge: searchKnowledgeTool
}

/** Those of Butler's own tools that the turn's agent has. */
export const internalTools = (context: InternalToolContext): ReadonlyArray<AgentTool> => {
  const wanted = new Set(context.turn.agent.settings?.internalTools)
  return Array.from(wanted, (name) => TOOLS[name](context))
}

/** As models are told of them. */
export const internalToolSpecs: Readonly<Record<InternalTool, ModelTool>> = {
  collect_details: collectDetailsSpec,
  hand_over: handOverSpec,
  resolve: resolveSpec,
  search_knowledge: searchKnowledgeSpec
}
