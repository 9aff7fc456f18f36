import { defaultTurnRunnerOptions, TurnRunner } from "@butler/agent"
import { acceptTurn, Answerer, CipherPlain, type TurnCommand, Turns, UserId } from "@butler/domain"
import { command, newWorkspace } from "@butler/domain/testing"
import { PersistenceLayer, PostgresDatabase, WakeupsPostgres } from "@butler/persistence"
import { freshPostgresUrl } from "@butler/persistence/testing"
import { type NodeProcess, startNode } from "@butler/testing"
import { Effect, Exit, Layer, ManagedRuntime, Option, Redacted, Scope } from "effect"
import { join } from "node:path"

const MAIN = join(import.meta.dirname, "..", "..", "dist", "main.js")

export interface Worker extends NodeProcess {
  readonly url: string
}

/** A worker as a process, once it runs. */
export const startWorker = async (databaseUrl: string, environment: Readonly<Record<string, string>> = {}) => {
  const child = startNode(MAIN, { DATABASE_URL: databaseUrl, WORKER_PORT: "0", ...environment })
  const [, url = ""] = await child.shows(/(http:\/\/\S+)\n/u)
  return { ...child, url } satisfies Worker
}

/** A worker that is not expected to run for long. */
export const runWorker = async (environment: Readonly<Record<string, string>>) => {
  const child = startNode(MAIN, environment)
  return { code: await child.ended, stdout: child.stdout(), stderr: child.stderr() }
}

/** Turns are left to the workers. */
const nobody = Layer.succeed(Answerer, { answer: () => Effect.never })

/** A database with a workspace, and what an API does with it. */
export const openWorld = async () => {
  const scope = await Effect.runPromise(Scope.make())
  const url = await Effect.runPromise(Effect.provideService(freshPostgresUrl, Scope.Scope, scope))
  const database = Layer.merge(PostgresDatabase.layer({ url: Redacted.make(url) }), CipherPlain)
  const stores = Layer.provideMerge(
    Layer.provide(PersistenceLayer, database),
    WakeupsPostgres.layer({ url: Redacted.make(url) })
  )
  const runner = TurnRunner.layer({ ...defaultTurnRunnerOptions, concurrency: 0 }).pipe(Layer.provide(nobody))
  const runtime = ManagedRuntime.make(Layer.provideMerge(runner, stores))
  const { workspaceId } = await runtime.runPromise(newWorkspace)
  const accept = (user: string, query: string, given: Partial<TurnCommand> = {}) =>
    runtime.runPromise(acceptTurn(command(workspaceId, { userId: UserId.make(user), query, ...given })))
  const find = (turnId: Awaited<ReturnType<typeof accept>>["turnId"]) =>
    runtime.runPromise(
      Effect.map(
        Turns.use((turns) => turns.find(workspaceId, turnId)),
        Option.getOrThrow
      )
    )
  /** Waits as a caller of an API does that runs nothing itself. */
  const awaitEnd = (turnId: Awaited<ReturnType<typeof accept>>["turnId"]) =>
    runtime.runPromise(TurnRunner.use((runner) => runner.awaitEnd(workspaceId, turnId)))
  const close = async () => {
    await runtime.dispose()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
  return { url, accept, find, awaitEnd, close }
}

export type World = Awaited<ReturnType<typeof openWorld>>
