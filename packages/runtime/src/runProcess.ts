import { isUnavailable } from "@butler/persistence"
// The package's index loads clients of Redis and of HTTP, 28 MB of them.
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Cause, Effect, Exit, type Scope } from "effect"

const reasonOf = (error: unknown): string => {
  if (isUnavailable(error)) return `the database that DATABASE_URL names cannot be reached: ${String(error)}`
  return error instanceof Error ? error.message : String(error)
}

const complain = (name: string, cause: Cause.Cause<unknown>): void => {
  process.stderr.write(`${name}: ${reasonOf(Cause.squash(cause)).replaceAll(/\s*\n\s*/gu, " ")}\n`)
}

/** Runs a process until a signal stops it, which is exit code 0; why it could not go on is one line on standard error. */
export const runProcess = <A, E>(name: string, program: Effect.Effect<A, E, Scope.Scope>): void =>
  NodeRuntime.runMain(Effect.scoped(program), {
    disableErrorReporting: true,
    teardown: (exit, onExit) => {
      const stopped = Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)
      if (!stopped) complain(name, exit.cause)
      onExit(stopped ? 0 : 1)
    }
  })
