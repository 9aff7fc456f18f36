import { AgentSettings, InternalTool } from "@butler/domain"
import { Schema } from "effect"
import { AgentModelResource } from "./AgentModelResource.ts"
import { AgentTask } from "./AgentTask.ts"
import { AgentToolServerResource } from "./AgentToolServer.ts"

const { budgets, mode, onFailure, suggestions } = AgentSettings.fields

const shown = <S extends Schema.Top>(schema: S, description: string) => Schema.NullOr(schema).annotate({ description })

/** How an agent answers, as it is shown: null is the default. */
export const agentSettingsFields = {
  instructions: shown(Schema.String, "What a model is told to be and do."),
  model: shown(AgentModelResource, "Null: the server's own model answers, or none, from the knowledge alone."),
  fallbackModel: shown(AgentModelResource, "Asked where `model` fails before its first word."),
  temperature: shown(Schema.Finite, "Of models that have none of their own."),
  mode: shown(mode.schema, "`human` stops its answers, whatever the dialog's own mode."),
  budgets: shown(budgets.schema, "The most that models may use, for a turn and for a contact in a day."),
  budgetReply: shown(Schema.String, "What a contact is told when a budget is spent."),
  fallbackReply: shown(Schema.String, "What a contact is told when no answer came about; with null such a turn fails."),
  onFailure: shown(onFailure.schema, "What else follows then."),
  historyMessages: shown(Schema.Int, "How many messages of the dialog a model is told at most."),
  passages: shown(Schema.Int, "How many passages of the knowledge a model is told at most."),
  suggestions: shown(
    suggestions.schema,
    "How many questions the contact might ask next come with an answer, on the SiteGPT API."
  ),
  toolServers: shown(Schema.Array(AgentToolServerResource), "Whose tools it may call."),
  internalTools: shown(Schema.Array(InternalTool), "Which of Butler's own tools it may call."),
  knowledgeBaseIds: shown(Schema.Array(Schema.Int), "What it may draw on. Null: the default knowledge base."),
  tasks: shown(Schema.Array(AgentTask), "What contacts come to it with."),
  taskThreshold: shown(Schema.Finite, "How well a query must fit a task, 0 to 1.")
}
