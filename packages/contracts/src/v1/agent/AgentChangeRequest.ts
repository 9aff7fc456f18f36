import { DialogMode, InternalTool } from "@butler/domain"
import { Schema } from "effect"
import { decoder } from "../../fields/decoder.ts"
import { list, named } from "../../fields/list.ts"
import { between, whole } from "../../fields/numbers.ts"
import { text } from "../../fields/text.ts"
import { changeable, optional } from "../../fields/unset.ts"
import { knowledgeBaseIds } from "../KnowledgeResource.ts"
import { AgentModelChange, temperature } from "./AgentModelResource.ts"
import { AgentTask } from "./AgentTask.ts"
import { AgentToolServerInput } from "./AgentToolServer.ts"

const budget = Schema.Struct({
  tokens: optional(whole(1, 1_000_000_000), { description: "In and out together." }),
  cost: optional(between(0, 1_000_000_000), { description: "In the currency of the models' prices." })
})

const settings = {
  instructions: changeable(
    text(1, 16_000),
    "What a model is told to be and do, in place of the default; null goes back to it."
  ),
  model: changeable(AgentModelChange, "A model of the agent's own; null goes back to the server's."),
  fallbackModel: changeable(AgentModelChange, "Asked where `model` fails before its first word."),
  temperature: changeable(temperature, "Of models that have none of their own."),
  mode: changeable(DialogMode, "`human` stops its answers, whatever the dialog's own mode."),
  budgets: changeable(
    Schema.Struct({
      turn: optional(budget, { description: "For one turn." }),
      contactPerDay: optional(budget, { description: "For all turns of a contact in a day." })
    }),
    "The most that models may use."
  ),
  budgetReply: changeable(text(1, 2000), "What a contact is told when a budget is spent, in place of our own words."),
  fallbackReply: changeable(
    text(1, 2000),
    "What a contact is told when no answer came about; without it the turn fails."
  ),
  onFailure: changeable(Schema.Literals(["reply", "hand_over"]), "What else follows then."),
  historyMessages: changeable(whole(0, 200), "How many messages of the dialog a model is told at most."),
  passages: changeable(whole(0, 50), "How many passages of the knowledge a model is told at most."),
  suggestions: changeable(
    Schema.Struct({ count: whole(0, 5) }),
    "How many questions the contact might ask next come with an answer, on the face that gives them: the SiteGPT API's `smartPrompts`. None for 0, 3 unless set."
  ),
  toolServers: changeable(named(AgentToolServerInput, 20), "Whose tools it may call, in place of all there are."),
  internalTools: changeable(list(InternalTool, 10), "Which of Butler's own tools it may call."),
  knowledgeBaseIds: changeable(
    knowledgeBaseIds,
    "What it may draw on, together as if they were one; null goes back to the default knowledge base."
  ),
  tasks: changeable(named(AgentTask, 200), "What contacts come to it with, in place of all there are."),
  taskThreshold: changeable(
    between(0, 1),
    "How well a query must fit a task; without it, as well as the tasks' own examples fit theirs."
  )
}

/** A change: what is not sent stays; where null is allowed it takes away. */
export const AgentChangeRequest = Schema.Struct({
  name: optional(text(1, 128), { description: "As logs show it." }),
  ...settings
}).annotate({ identifier: "AgentChange" })
export type AgentChangeRequest = typeof AgentChangeRequest.Type
export const decodeAgentChange = decoder(AgentChangeRequest)

/** An agent to be made. */
export const NewAgentRequest = Schema.Struct({
  name: text(1, 128, { description: "As logs show it." }),
  ...settings
}).annotate({
  identifier: "NewAgent"
})
export type NewAgentRequest = typeof NewAgentRequest.Type
export const decodeNewAgent = decoder(NewAgentRequest)
