import { Schema } from "effect"
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
export const Agent = Schema.Struct({
  id: AgentId,
  name: Schema.String,
  /**
   * Counts publications from 1. A draft's is negative and counts the changes to it, so that a version stands for one definition
   * of the agent for good, and whatever is made of that can be kept by it.
   */
  version: Schema.Int,
  settings: Schema.optionalKey(AgentSettings)
})
export type Agent = typeof Agent.Type

/** All of an agent that is published as one. */
export type AgentDefinition = Pick<Agent, "name" | "settings">

/** An agent to be made; its first version is 1. */
export type NewAgent = Pick<Agent, "id"> & AgentDefinition

/** The agent does not exist in this workspace. */
export class AgentNotFound extends Schema.TaggedError<AgentNotFound>()("AgentNotFound", { agentId: AgentId }) {
  override get message(): string {
    return `agent ${this.agentId} does not exist`
  }
}

/** The agent has no such version. */
export class AgentVersionNotFound extends Schema.TaggedError<AgentVersionNotFound>()("AgentVersionNotFound", {
  agentId: AgentId,
  version: Schema.Int
}) {
  override get message(): string {
    return `agent ${this.agentId} has no version ${this.version}`
  }
}

/** The agent cannot be removed: it is the workspace's default one, or the one of an API key that still works. */
export class AgentInUse extends Schema.TaggedError<AgentInUse>()("AgentInUse", {
  agentId: AgentId,
  by: Schema.Literals(["workspace", "api key"])
}) {
  override get message(): string {
    return this.by === "workspace"
      ? `agent ${this.agentId} is the workspace's default agent: make another one that first`
      : `agent ${this.agentId} answers for an API key: revoke the key first`
  }
}
