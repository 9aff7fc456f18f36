import { Redacted, Schema, Struct } from "effect"
import { DialogMode } from "../dialog/Dialog.ts"
import { AgentId, KnowledgeBaseId } from "../ids/brands.ts"
import { AgentModel, ModelBudget } from "./AgentModel.ts"
import { InternalTool, ToolServer } from "../tool/ToolServer.ts"
import { Task } from "../task/Task.ts"

/** How an agent answers, beyond the defaults. */
export const AgentSettings = Schema.Struct({
  /** What it is told to be and do, in the workspace's own words. */
  instructions: Schema.optionalKey(Schema.String),
  model: Schema.optionalKey(AgentModel),
  /** How freely a model chooses its words that has no temperature of its own. */
  temperature: Schema.optionalKey(Schema.Finite),
  /** Who replies in its dialogs: `human` stops its answers, whatever the dialog's own mode. */
  mode: Schema.optionalKey(DialogMode),
  /** Asked where `model` fails before its first word. */
  fallbackModel: Schema.optionalKey(AgentModel),
  budgets: Schema.optionalKey(
    Schema.Struct({ turn: Schema.optionalKey(ModelBudget), contactPerDay: Schema.optionalKey(ModelBudget) })
  ),
  /** What a contact is told when a budget is spent, in place of our own words. */
  budgetReply: Schema.optionalKey(Schema.String),
  /** What a contact is told when no answer came about. Without it such a turn fails. */
  fallbackReply: Schema.optionalKey(Schema.String),
  /** What else follows when no answer came about. */
  onFailure: Schema.optionalKey(Schema.Literals(["reply", "hand_over"])),
  /** How many messages of the dialog, and passages of the knowledge, a model is told at most. */
  historyMessages: Schema.optionalKey(Schema.Int),
  passages: Schema.optionalKey(Schema.Int),
  /** Questions the contact might ask next. */
  suggestions: Schema.optionalKey(Schema.Struct({ count: Schema.Int })),
  /** Whose tools it may call, beside those that Butler has itself. */
  toolServers: Schema.optionalKey(Schema.Array(ToolServer)),
  internalTools: Schema.optionalKey(Schema.Array(InternalTool)),
  /** What it may draw on; without it the workspace's default knowledge base. */
  knowledgeBases: Schema.optionalKey(Schema.Array(KnowledgeBaseId)),
  /** What contacts come to it with; the first of two that fit equally is chosen. */
  tasks: Schema.optionalKey(Schema.Array(Task)),
  /** How well a query must fit a task, 0 to 1; without it, as well as the tasks' own examples fit theirs. */
  taskThreshold: Schema.optionalKey(Schema.Finite)
})
export type AgentSettings = typeof AgentSettings.Type

/** Who answers: its name is shown in logs. */
export const Agent = Schema.Struct({ id: AgentId, name: Schema.String, settings: Schema.optionalKey(AgentSettings) })
export type Agent = typeof Agent.Type

/** The agent does not exist in this workspace. */
export class AgentNotFound extends Schema.TaggedError<AgentNotFound>()("AgentNotFound", { agentId: AgentId }) {
  override get message(): string {
    return `agent ${this.agentId} does not exist`
  }
}

/** What of an agent is to be changed; what is not named stays, null takes away. */
export interface AgentChange {
  readonly name?: string
  readonly instructions?: string | null
  readonly model?: {
    readonly url: string
    readonly model: string
    /** Not named, it stays as long as the URL's origin does: a key is never sent where it was not meant for. */
    readonly apiKey?: Redacted.Redacted | null
    readonly temperature?: number | null
  } | null
  readonly knowledgeBases?: ReadonlyArray<KnowledgeBaseId> | null
}

const originOf = (url = ""): string | null => (/^[a-z]+:\/\/[^/?#]+/iu.exec(url)?.[0] ?? "").toLowerCase() || null

const keyAfter = (now: AgentModel | undefined, change: NonNullable<AgentChange["model"]>): Redacted.Redacted | null => {
  if (change.apiKey !== undefined) return change.apiKey
  return now?.apiKey !== undefined && originOf(now.url) === originOf(change.url) ? now.apiKey : null
}

const modelAfter = (now: AgentModel | undefined, change: AgentChange["model"]): AgentModel | undefined => {
  if (change === undefined) return now
  if (change === null) return undefined
  const apiKey = keyAfter(now, change)
  const temperature = change.temperature ?? null
  return {
    url: change.url,
    model: change.model,
    ...(apiKey !== null && { apiKey }),
    ...(temperature !== null && { temperature })
  }
}

/** The agent as the change leaves it. */
export const changeAgent = ({ id, name, settings = {} }: Agent, change: AgentChange): Agent => {
  const instructions = change.instructions === undefined ? settings.instructions : change.instructions
  const model = modelAfter(settings.model, change.model)
  const knowledgeBases = change.knowledgeBases === undefined ? settings.knowledgeBases : change.knowledgeBases
  return {
    id,
    name: change.name ?? name,
    settings: {
      ...Struct.omit(settings, ["instructions", "model", "knowledgeBases"]),
      ...(instructions !== undefined && instructions !== null && instructions !== "" && { instructions }),
      ...(model !== undefined && { model }),
      ...(knowledgeBases !== undefined && knowledgeBases !== null && { knowledgeBases })
    }
  }
}
