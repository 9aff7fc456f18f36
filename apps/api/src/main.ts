import { isUnavailable } from "@butler/persistence"
import { NodeRuntime } from "@effect/platform-node"
import { Cause, Effect, Exit, Option } from "effect"
import { resolve } from "node:path"
import { banner } from "./banner.ts"
import { AppConfig } from "./config.ts"
import { appLayer } from "./layer.ts"
import { serve } from "./serve.ts"

const program = Effect.gen(function* () {
  const config = yield* AppConfig.load
  const data = Option.isSome(config.databaseUrl) ? "PostgreSQL" : resolve(config.home)
  const running = yield* serve(config, appLayer(config))
  process.stdout.write(banner({ ...running, data }))
  return yield* Effect.never
})

const reasonOf = (error: unknown): string => {
  if (isUnavailable(error)) return `the database that DATABASE_URL names cannot be reached: ${String(error)}`
  return error instanceof Error ? error.message : String(error)
}

const complain = (cause: Cause.Cause<unknown>): void => {
  process.stderr.write(`butler: ${reasonOf(Cause.squash(cause)).replaceAll(/\s*\n\s*/gu, " ")}\n`)
}

NodeRuntime.runMain(Effect.scoped(program), {
  disableErrorReporting: true,
  teardown: (exit, onExit) => {
    const stopped = Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)
    if (!stopped) complain(exit.cause)
    onExit(stopped ? 0 : 1)
  }
})
