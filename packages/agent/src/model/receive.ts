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
import { Clock, Effect, Stream } from "effect"
import type { ModelLimits } from "./modelLimits.ts"
import type { FalseClaim, Speech } from "./Speech.ts"
import { makeThoughtFilter } from "./thought.ts"

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

/**
 * Fails once nothing has come for too long; before its first word a model may be silent longer than after. One timer looks after a
 * whole call, since one for each piece would cost two fibers a piece.
 */
const silence = Effect.fnUntraced(function* (
  { firstTokenMs, stallMs }: ModelLimits,
  heard: () => { readonly at: number; readonly words: boolean }
) {
  for (;;) {
    const { at, words } = heard()
    const left = at + (words ? stallMs : firstTokenMs) - (yield* Clock.currentTimeMillis)
    if (left <= 0) {
      const what = words ? "fell silent in the middle of its answer" : "did not begin to answer in time"
      return yield* timedOut(`the model ${what}`)
    }
    // Not longer than a stall: the first word may come meanwhile.
    yield* Effect.sleep(Math.min(left, stallMs))
  }
})

/** Takes what comes; what a model thinks aloud before its words is none of them. */
const taking = (received: Received, { limits, speech }: ReceiveOptions) => {
  const thought = makeThoughtFilter()
  const takeText = (text: string): Effect.Effect<void, ModelFailed | FalseClaim> => {
    if (text === "") return Effect.void
    received.text += text
    return received.text.length > limits.answerCharacters
      ? Effect.fail(final("model_failed", "the model's answer is too long"))
      : speech.say(text)
  }
  return (event: ModelEvent): Effect.Effect<void, ModelFailed | FalseClaim> => {
    switch (event._tag) {
      case "Delta":
        return takeText(thought.push(event.text))
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
        return takeText(thought.flush())
    }
  }
}

/** One request: all that the model says, told as it comes. Fails unless it came to a whole answer. */
export const receive = Effect.fnUntraced(function* (call: ModelCall, received: Received, options: ReceiveOptions) {
  const { limits, speech } = options
  const model = yield* LanguageModel
  const take = taking(received, options)
  let at = yield* Clock.currentTimeMillis
  const whole = Stream.runForEach(model.stream(call), (event) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      at = now
      return take(event)
    })
  )
  const silent = silence(limits, () => ({ at, words: received.text !== "" }))
  yield* Effect.raceFirst(whole, silent)
  if (received.usage === undefined) return yield* final("model_failed", "the model stopped in the middle of its answer")
  if (received.reason === "length") return yield* final("model_failed", "the model's answer was cut off at its longest")
  if (received.reason === "content-filter")
    return yield* final("model_failed", "the model's provider held the answer back")
  if (received.text === "" && received.toolCalls.length === 0) {
    return yield* final("model_failed", "the model gave an empty answer")
  }
  yield* speech.pause
})
