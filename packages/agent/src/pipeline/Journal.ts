import { type AgentLog, TurnProgress, type TurnStep, type UndatedLog } from "@butler/domain"
import { Clock, Effect, Exit } from "effect"

/** What there is to say of a step beside its name, its time and its outcome. */
export type StepFacts = Omit<TurnStep, "name" | "startedAt" | "durationMs" | "outcome">

const NOTHING = (): StepFacts => ({})

/** What a turn does, line by line and step by step, also of what fails or is interrupted. */
export interface Journal {
  readonly agentLogs: ReadonlyArray<AgentLog>
  readonly steps: ReadonlyArray<TurnStep>
  /** Writes a line and tells it to whoever follows the turn. */
  readonly log: (line: UndatedLog) => Effect.Effect<void>
  /** Does the work as a step. */
  readonly timed: <A, E, R>(
    name: string,
    work: Effect.Effect<A, E, R>,
    factsOf?: (exit: Exit.Exit<A, E>) => StepFacts
  ) => Effect.Effect<A, E, R>
  /** Adds steps that were done elsewhere: by an earlier start of the turn, so that this one need not, or behind a port. */
  readonly add: (steps: ReadonlyArray<TurnStep>) => void
}

/** A journal that is empty. */
export const makeJournal: Effect.Effect<Journal> = Effect.map(TurnProgress, (progress) => {
  const agentLogs: Array<AgentLog> = []
  const steps: Array<TurnStep> = []
  return {
    agentLogs,
    steps,
    log: (line) =>
      Effect.flatMap(Clock.currentTimeMillis, (timestamp) => {
        const entry: AgentLog = { ...line, timestamp }
        agentLogs.push(entry)
        return progress.log(entry)
      }),
    timed: (name, work, factsOf = NOTHING) =>
      Effect.flatMap(Clock.currentTimeMillis, (startedAt) =>
        Effect.onExit(work, (exit) =>
          Effect.map(Clock.currentTimeMillis, (now) => {
            const outcome = Exit.isSuccess(exit) ? "ok" : "failed"
            steps.push({ name, startedAt, durationMs: now - startedAt, outcome, ...factsOf(exit) })
          })
        )
      ),
    add: (done) => void steps.push(...done)
  }
})
