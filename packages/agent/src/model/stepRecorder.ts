import type { TurnStep } from "@butler/domain"
import { Clock, Effect, Exit } from "effect"

/** Writes down what a turn does and how long it takes, also of what fails or is interrupted. */
export const makeStepRecorder = () => {
  const steps: Array<TurnStep> = []
  const timed = Effect.fnUntraced(function* <A, E, R>(
    name: string,
    work: Effect.Effect<A, E, R>,
    tokensOf: (value: A) => TurnStep["tokens"] | undefined = () => undefined
  ) {
    const startedAt = yield* Clock.currentTimeMillis
    return yield* Effect.onExit(work, (exit) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const tokens = Exit.isSuccess(exit) ? tokensOf(exit.value) : undefined
        const outcome = Exit.isSuccess(exit) ? "ok" : "failed"
        steps.push({ name, startedAt, durationMs: now - startedAt, outcome, ...(tokens !== undefined && { tokens }) })
      })
    )
  })
  return { steps, timed }
}

export type StepRecorder = ReturnType<typeof makeStepRecorder>
