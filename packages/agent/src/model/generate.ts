import {
  LanguageModel,
  type ModelCall,
  type ModelEvent,
  ModelFailed,
  type ModelUsage,
  TurnProgress
} from "@butler/domain"
import { Effect, Random, Stream } from "effect"
import type { ModelLimits } from "./modelLimits.ts"
import type { StepRecorder } from "./stepRecorder.ts"

export interface Generated {
  readonly text: string
  readonly usage: ModelUsage
}

const final = (type: ModelFailed["type"], detail: string): ModelFailed =>
  new ModelFailed({ type, detail, retryable: false, retryAfterMs: null })

const timedOut = (detail: string) => Effect.fail(final("model_timeout", detail))

/** Fails a stream that is silent for too long; it may be silent longer before its first word than after. */
const paced = (
  stream: Stream.Stream<ModelEvent, ModelFailed>,
  limits: ModelLimits,
  begun: () => boolean
): Stream.Stream<ModelEvent, ModelFailed> => {
  const first = { duration: limits.firstTokenMs, orElse: () => timedOut("the model did not begin to answer in time") }
  const next = { duration: limits.stallMs, orElse: () => timedOut("the model fell silent in the middle of its answer") }
  return Stream.unwrap(
    Effect.map(Stream.toPull(stream), (pull) => {
      const timed = Effect.suspend(() => Effect.timeoutOrElse(pull, begun() ? next : first))
      return Stream.fromPull(Effect.succeed(timed))
    })
  )
}

/** The text so far: what of it has been handed on cannot be taken back. */
interface Said {
  text: string
}

const attempt = Effect.fnUntraced(function* (call: ModelCall, limits: ModelLimits, said: Said) {
  const model = yield* LanguageModel
  const progress = yield* TurnProgress
  const begun = () => said.text !== ""
  let usage: ModelUsage | undefined
  const take = (event: ModelEvent): Effect.Effect<void, ModelFailed> => {
    if (event._tag === "Finished") {
      usage = event.usage
      return Effect.void
    }
    if (event._tag === "ToolCall") return Effect.void
    const text = begun() ? event.text : event.text.trimStart()
    if (text === "") return Effect.void
    said.text += text
    return said.text.length > limits.answerCharacters
      ? Effect.fail(final("model_failed", "the model's answer is too long"))
      : progress.delta(text)
  }
  yield* Stream.runForEach(paced(model.stream(call), limits, begun), take)
  if (usage === undefined) return yield* final("model_failed", "the model stopped in the middle of its answer")
  if (!begun()) return yield* final("model_failed", "the model gave an empty answer")
  return { text: said.text, usage } satisfies Generated
})

/** How long to wait before the next try; null when there is to be none. */
const pauseMs = (failure: ModelFailed, tried: number, limits: ModelLimits): Effect.Effect<number | null> => {
  if (!failure.retryable || tried >= limits.tries) return Effect.succeed(null)
  if (failure.retryAfterMs !== null) {
    return Effect.succeed(failure.retryAfterMs <= limits.retryAfterMs ? failure.retryAfterMs : null)
  }
  return Effect.map(Random.next, (random) => limits.retryPauseMs * 2 ** (tried - 1) * (0.8 + 0.4 * random))
}

/**
 * The model's whole answer, each piece of it told to `TurnProgress` as it comes. A call that failed before its first word is
 * made again; one that stops later fails, since half an answer is none.
 */
export const generate = Effect.fn("Model.generate")(
  function* (call: ModelCall, limits: ModelLimits, recorder: StepRecorder) {
    const said: Said = { text: "" }
    for (let tried = 1; ; tried++) {
      const result = yield* Effect.result(
        recorder.timed("model", attempt(call, limits, said), ({ usage }) => ({
          input: usage.inputTokens,
          output: usage.outputTokens
        }))
      )
      if (result._tag === "Success") return result.success
      const pause = said.text === "" ? yield* pauseMs(result.failure, tried, limits) : null
      if (pause === null) return yield* result.failure
      yield* Effect.logInfo("the model is asked again").pipe(
        Effect.annotateLogs({ because: result.failure.detail, tried, pauseMs: Math.round(pause) })
      )
      yield* Effect.sleep(pause)
    }
  },
  (effect, _call, limits) =>
    Effect.timeoutOrElse(effect, {
      duration: limits.totalMs,
      orElse: () => timedOut("the model did not finish its answer in time")
    })
)
