import { type AgentTool, ModelFailed, type PromptMessage, TurnStep } from "@butler/domain"
import { Effect, Schema } from "effect"
import type { Budget } from "./Budget.ts"
import type { ChosenModel } from "./chooseModel.ts"
import { ask, type GenerateOptions } from "./generate.ts"
import type { Kept } from "./Kept.ts"
import { nothingYet, type Received } from "./receive.ts"
import type { Speech } from "./Speech.ts"
import type { ToolCalls } from "./ToolCalls.ts"
import { BEGIN_TASK } from "../task/taskTool.ts"
import { toldTool } from "./toldTool.ts"
import { taskData, toolData } from "./untrusted.ts"

/** What a model came to, as it is kept. */
const KeptAnswer = Schema.Struct({
  text: Schema.String,
  toolCalls: Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String, input: Schema.Unknown })),
  /** What it took: paid for once, and told and counted whichever start ends the turn. */
  steps: Schema.Array(TurnStep).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/** What a model may want called in one breath; the rest is passed over. */
const CALLS_AT_ONCE = 32

/** Answers in words that are left to a model after its last call of a tool. */
const ROUNDS_BEYOND_CALLS = 3

const failed = (detail: string): ModelFailed =>
  new ModelFailed({ type: "model_failed", detail, retryable: false, retryAfterMs: null })

export interface ToolLoopOptions extends GenerateOptions {
  readonly speech: Speech
  readonly models: ReadonlyArray<ChosenModel>
  /** The prompt, with what the model is told beside all else, if anything. */
  readonly prompt: (correction: string | null) => ReadonlyArray<PromptMessage>
  readonly tools: ReadonlyArray<AgentTool>
  readonly calls: ToolCalls
  readonly kept: Kept
  readonly budget: Budget
}

/**
 * Asks the model, calls the tools it wants, tells it what they came to and asks again, until it answers in words alone. What it wanted
 * is kept as what came of it is, so that a turn that is run again goes the same way. Asked once more with a correction, it goes on
 * from there.
 */
export const makeToolLoop = (options: ToolLoopOptions) => {
  const { budget, calls, journal, kept, limits, speech } = options
  const tools = options.tools.map(toldTool)
  const transcript: Array<PromptMessage> = []
  let { models } = options
  let round = 0

  const question = (correction: string | null) => ({
    messages: [...options.prompt(correction), ...transcript],
    ...(tools.length > 0 && { tools, toolsSpent: !calls.areLeft() })
  })

  const asked = Effect.fnUntraced(function* (correction: string | null) {
    const key = `model.${round}`
    const before = kept.find(key, KeptAnswer)
    if (before !== null) {
      journal.add(before.steps)
      yield* speech.say(before.text)
      yield* speech.pause
      return before
    }
    yield* budget.check
    const received: Received = nothingYet()
    const earlier = journal.steps.length
    const keep = Effect.suspend(() => {
      const { text, toolCalls } = received
      return kept.keep(key, { text, toolCalls, steps: journal.steps.slice(earlier) })
    })
    models = yield* ask(models, question(correction), received, options).pipe(
      Effect.tapErrorTag("FalseClaim", () => keep)
    )
    received.toolCalls.splice(CALLS_AT_ONCE)
    if (received.toolCalls.length > 0) yield* keep
    return received
  })

  return Effect.fnUntraced(function* (correction: string | null) {
    for (;;) {
      round += 1
      if (round > limits.toolCalls + ROUNDS_BEYOND_CALLS) return yield* failed("the model went on calling tools")
      const { text, toolCalls } = yield* asked(correction)
      if (toolCalls.length === 0)
        return speech.text() === "" ? yield* failed("the model gave an empty answer") : undefined
      transcript.push({ role: "assistant", content: text, toolCalls })
      for (const [index, call] of toolCalls.entries()) {
        const { content, isError } = yield* calls.call(`tool.${round}.${index}`, call)
        const told = call.name === BEGIN_TASK ? taskData : toolData
        transcript.push({ role: "tool", call: { id: call.id, name: call.name }, content: told(content, isError) })
      }
    }
  })
}

export type ToolLoop = ReturnType<typeof makeToolLoop>
