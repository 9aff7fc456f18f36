import { ModelUses, type ModelTool, type PromptMessage, type RunnableTurn, useOf } from "@butler/domain"
import { Effect, Option, Schema } from "effect"
import { openBudget } from "../model/Budget.ts"
import type { ChosenModel } from "../model/chooseModel.ts"
import { ask } from "../model/generate.ts"
import type { ModelLimits } from "../model/modelLimits.ts"
import { nothingYet, type ReceiveOptions } from "../model/receive.ts"
import { type Journal, makeJournal } from "../pipeline/Journal.ts"

const Told = Schema.Struct({
  facts: Schema.Array(
    Schema.Struct({
      text: Schema.String,
      message: Schema.Int,
      replaces: Schema.optionalKey(Schema.Array(Schema.Int))
    })
  )
})

const decodeTold = Schema.decodeUnknownOption(Told)

const REMEMBER: ModelTool = {
  name: "remember",
  description: "Keeps facts about the contact for later conversations.",
  inputSchema: {
    type: "object",
    properties: {
      facts: {
        type: "array",
        items: {
          type: "object",
          properties: {
            text: { type: "string", description: "The fact in one short sentence, in the contact's language." },
            message: { type: "integer", description: "The number of the contact's message that tells it." },
            replaces: { type: "array", items: { type: "integer" }, description: "Numbers of facts it stands for now." }
          },
          required: ["text", "message"]
        }
      }
    },
    required: ["facts"]
  }
}

/** Nobody is told what is said beside the call. */
const UNHEARD: ReceiveOptions["speech"] = { say: () => Effect.void, pause: Effect.void }

/** The reading is nobody's turn, and is counted all the same. */
const recordUse = Effect.fnUntraced(function* ({ contactId, workspaceId }: RunnableTurn, { steps }: Journal) {
  const use = useOf(steps)
  if (use.calls > 0) yield* ModelUses.use(({ record }) => record(workspaceId, contactId, use))
})

/** The facts that the first of the models tells that answers, within the budgets of the contact and the workspace. */
export const askForFacts = Effect.fn("askForFacts")(function* (
  turn: RunnableTurn,
  models: ReadonlyArray<ChosenModel>,
  messages: ReadonlyArray<PromptMessage>,
  limits: ModelLimits
) {
  const journal = yield* makeJournal
  yield* (yield* openBudget(turn, journal)).check
  const exact = models.map((chosen): ChosenModel => ({ ...chosen, temperature: 0 }))
  const received = nothingYet()
  yield* ask(exact, { messages, tools: [REMEMBER] }, received, { journal, limits, speech: UNHEARD }).pipe(
    Effect.catchTags({
      FalseClaim: Effect.die,
      // A model that came to its end without a word has found nothing.
      ModelFailed: (failure) => (received.usage === undefined ? Effect.fail(failure) : Effect.void)
    }),
    Effect.ensuring(recordUse(turn, journal))
  )
  return received.toolCalls.flatMap(({ input, name }) =>
    name === REMEMBER.name ? (Option.getOrNull(decodeTold(input))?.facts ?? []) : []
  )
})
