import {
  type AgentTool,
  Knowledge,
  type ModelTool,
  type ScoredChunk,
  type ToolCallOutcome,
  searchKnowledge,
  TextAnalyzer,
  toLoggedChunk
} from "@butler/domain"
import { Context, Effect, Schema } from "effect"
import { decodeInput } from "./decodeInput.ts"
import type { InternalToolContext } from "./InternalToolContext.ts"

const NAME = "search_knowledge"

/** As many as a model reads with care. */
const LIMIT = 5

const MAX_QUERY = 1_000

const decode = decodeInput(NAME, Schema.Struct({ query: Schema.String.check(Schema.isMinLength(1)) }))

const passage = ({ content, documentName, pair }: ScoredChunk) =>
  pair === null ? { document: documentName, text: content } : { document: documentName, ...pair }

export const searchKnowledgeSpec: ModelTool = {
  name: NAME,
  description:
    "Searches the company's knowledge. Use it when the passages you were given do not answer the question: ask for one thing at a time, in the words that a document would use.",
  inputSchema: {
    type: "object",
    properties: { query: { type: "string", description: "What to look for" } },
    required: ["query"],
    additionalProperties: false
  }
}

/** Looks something up in the agent's knowledge bases, beyond what was found for the contact's own words. */
export const searchKnowledgeTool = ({ analyzer, knowledge, turn }: InternalToolContext): AgentTool => ({
  kind: "internal",
  ...searchKnowledgeSpec,
  call: Effect.fn("Tools.searchKnowledge")(
    function* (input) {
      const query = (yield* decode(input)).query.slice(0, MAX_QUERY)
      const { workspaceId } = turn
      const knowledgeBaseIds = turn.agent.settings?.knowledgeBases
      const { chunks } = yield* searchKnowledge({ workspaceId, knowledgeBaseIds, query, limit: LIMIT })
      const outcome: ToolCallOutcome = {
        content: chunks.length === 0 ? "Nothing was found." : JSON.stringify(chunks.map(passage)),
        isError: false,
        logs: [{ type: "knowledge", kb: chunks.map(toLoggedChunk) }]
      }
      return outcome
    },
    Effect.provideContext(Context.make(Knowledge, knowledge).pipe(Context.add(TextAnalyzer, analyzer)))
  )
})
