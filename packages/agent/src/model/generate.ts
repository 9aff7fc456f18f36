import type { ModelCall, ModelFailed } from "@butler/domain"
import { Effect, Random } from "effect"
import type { Journal, StepFacts } from "../pipeline/Journal.ts"
import type { ChosenModel } from "./chooseModel.ts"
import { estimateInput, estimateTokens } from "./estimateTokens.ts"
import type { ModelLimits } from "./modelLimits.ts"
import { receive, type Received, type ReceiveOptions, timedOut } from "./receive.ts"

/** What a model is asked, whichever it is. */
export type Question = Pick<ModelCall, "messages" | "tools" | "toolsSpent">

export interface GenerateOptions extends ReceiveOptions {
  readonly journal: Journal
}

/** A call that came to nothing cost nothing that is known; one that was cut short is judged by what was sent and said. */
const factsOf = ({ endpoint, prices }: ChosenModel, call: ModelCall, received: Received): StepFacts => {
  const { text, toolCalls, usage } = received
  if (usage === undefined && text === "") return { model: endpoint.model }
  const input = usage?.inputTokens ?? estimateInput(call)
  const output = usage?.outputTokens ?? estimateTokens(text + JSON.stringify(toolCalls))
  const estimated = (usage?.inputTokens ?? null) === null || (usage?.outputTokens ?? null) === null
  const cost = prices && (input * prices.inputPerMillion + output * prices.outputPerMillion) / 1_000_000
  return {
    model: endpoint.model,
    tokens: { input, output, ...(estimated && { estimated }) } as const,
    ...(cost !== null && { cost }),
    ...(toolCalls.length > 0 && { detail: { toolCalls: toolCalls.map(({ name }) => name) } })
  }
}

/** How long to wait before the next try; null when there is to be none. */
const pauseMs = (failure: ModelFailed, tried: number, limits: ModelLimits): Effect.Effect<number | null> => {
  if (!failure.retryable || tried >= limits.tries) return Effect.succeed(null)
  if (failure.retryAfterMs !== null) {
    return Effect.succeed(failure.retryAfterMs <= limits.retryAfterMs ? failure.retryAfterMs : null)
  }
  return Effect.map(Random.next, (random) => limits.retryPauseMs * 2 ** (tried - 1) * (0.8 + 0.4 * random))
}

/**
 * A model's whole answer, put into `received`, each piece of it told as it comes. A request that failed before its first word is
 * made again; one that stops later fails, since half an answer is none.
 */
export const generate = Effect.fn("Model.generate")(
  function* (chosen: ChosenModel, question: Question, received: Received, options: GenerateOptions) {
    const { journal, limits } = options
    const call = { ...question, endpoint: chosen.endpoint, temperature: chosen.temperature }
    for (let tried = 1; ; tried++) {
      const facts = () => factsOf(chosen, call, received)
      const result = yield* Effect.result(journal.timed("model", receive(call, received, options), facts))
      if (result._tag === "Success") return
      if (result.failure._tag === "FalseClaim") return yield* result.failure
      const pause = received.text !== "" ? null : yield* pauseMs(result.failure, tried, limits)
      if (pause === null) return yield* result.failure
      received.toolCalls = []
      yield* Effect.logInfo("the model is asked again").pipe(
        Effect.annotateLogs({ because: result.failure.detail, tried, pauseMs: Math.round(pause) })
      )
      yield* Effect.sleep(pause)
    }
  },
  (effect, _chosen, _question, _received, { limits }) =>
    Effect.timeoutOrElse(effect, {
      duration: limits.totalMs,
      orElse: () => timedOut("the model did not finish its answer in time")
    })
)

/**
 * What the first of the models answers that answers at all; none is asked behind one that has begun to. Answers the models that are
 * left to ask in the rest of the turn.
 */
export const ask = Effect.fnUntraced(function* (
  models: ReadonlyArray<ChosenModel>,
  question: Question,
  received: Received,
  options: GenerateOptions
) {
  for (const [index, chosen] of models.entries()) {
    const result = yield* Effect.result(generate(chosen, question, received, options))
    if (result._tag === "Success") return models.slice(index)
    const { failure } = result
    if (failure._tag === "FalseClaim") return yield* failure
    yield* Effect.logWarning("the model gave no answer").pipe(
      Effect.annotateLogs({ because: failure.detail, model: chosen.endpoint.model })
    )
    if (received.text !== "" || index === models.length - 1) return yield* failure
    received.toolCalls = []
  }
  return models
})
