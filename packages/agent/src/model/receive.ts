import {
  isNestedDeeper,
  LanguageModel,
  type ModelCall,
  type ModelEvent,
  type ModelFinish,
  ModelFailed,
  type ModelToolCall,
  type ModelUsage
} from "@butler/domain"
import { Effect, Stream } from "effect"
import type { ModelLimits } from "./modelLimits.ts"
import type { FalseClaim, Speech } from "./Speech.ts"

/** What a model has come to so far: words, which cannot be taken back once they are told, and tools it wants called. */
export interface Received {
  text: string
  toolCalls: Array<ModelToolCall>
  usage: ModelUsage | undefined
  reason: ModelFinish | undefined
}

export const nothingYet = (): Received => ({ text: "", toolCalls: [], usage: undefined, reason: undefined })

/** No tool takes arguments of so many levels. */
const MAX_LEVELS = 100

export interface ReceiveOptions {
  readonly limits: ModelLimits
  /** Hears the words as they come. */
  readonly speech: Pick<Speech, "say" | "pause">
}

const final = (type: ModelFailed["type"], detail: string): ModelFailed =>
  new ModelFailed({ type, detail, retryable: false, retryAfterMs: null })

export const timedOut = (detail: string) => Effect.fail(final("model_timeout", detail))

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

/** Takes what comes; words before which there is only white space are none. */
const taking = (received: Received, { limits, speech }: ReceiveOptions) => {
  const takeText = (piece: string): Effect.Effect<void, ModelFailed | FalseClaim> => {
    const text = received.text === "" ? piece.trimStart() : piece
    if (text === "") return Effect.void
    received.text += text
    return received.text.length > limits.answerCharacters
      ? Effect.fail(final("model_failed", "the model's answer is too long"))
      : speech.say(text)
  }
  return (event: ModelEvent): Effect.Effect<void, ModelFailed | FalseClaim> => {
    switch (event._tag) {
      case "Delta":
        return takeText(event.text)
      case "ToolCall": {
        const { id, input, name } = event
        if (isNestedDeeper(input, MAX_LEVELS))
          return Effect.fail(final("model_failed", "the model called a tool with what no tool takes"))
        received.toolCalls.push({ id, name, input })
        return Effect.void
      }
      case "Finished":
        received.usage = event.usage
        received.reason = event.reason
        return Effect.void
    }
  }
}

/** One request: all that the model says, told as it comes. Fails unless it came to a whole answer. */
export const receive = Effect.fnUntraced(function* (call: ModelCall, received: Received, options: ReceiveOptions) {
  const model = yield* LanguageModel
  const stream = paced(model.stream(call), options.limits, () => received.text !== "")
  yield* Stream.runForEach(stream, taking(received, options))
  if (received.usage === undefined) return yield* final("model_failed", "the model stopped in the middle of its answer")
  if (received.reason === "length") return yield* final("model_failed", "the model's answer was cut off at its longest")
  if (received.reason === "content-filter")
    return yield* final("model_failed", "the model's provider held the answer back")
  if (received.text === "" && received.toolCalls.length === 0) {
    return yield* final("model_failed", "the model gave an empty answer")
  }
  yield* options.speech.pause
})
