import { awaitTurn, handOverDialog, submitTurn } from "@butler/agent"
import { type TurnCommand, type TurnId, Turns, UserId, type WorkspaceId } from "@butler/domain"
import { command } from "@butler/domain/testing"
import { freshPostgresUrl } from "@butler/persistence/testing"
import { Deferred, Effect, Exit, Scope } from "effect"
import postgres from "postgres"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { newWorkspace, said, startProcess, type Started } from "./support/startProcess.ts"

/** What the poll that stands behind the wake-ups would take. */
const POLL_MS = 800

const QUIET_MS = 150

/** How long a turn rests after its first breakdown. */
const RETRY_MS = 500

describe("two processes on one PostgreSQL", () => {
  let scope: Scope.Closeable
  let url: string
  let accepting: Started
  let working: Started
  let workspaceId: WorkspaceId
  const startedAt = new Map<string, number>()
  /** What the agent waits for before it answers, and what happens when it is stopped. */
  const gates = new Map<string, Deferred.Deferred<void>>()
  const stops = new Map<string, Deferred.Deferred<void>>()

  /** What breaks the agent down, once. */
  const breakdowns = new Set<string>()

  const found = (turnId: TurnId) =>
    Turns.use((turns) => turns.find(workspaceId, turnId)).pipe(Effect.flatMap(Effect.fromOption))

  const at = (places: typeof gates, query: string): Deferred.Deferred<void> => {
    const found = places.get(query) ?? Deferred.makeUnsafe<void>()
    places.set(query, found)
    return found
  }

  const commandOf = (query: string, given: Partial<TurnCommand> = {}): TurnCommand =>
    command(workspaceId, { userId: UserId.make(query), query, ...given })

  const started = (query: string) => expect.poll(() => startedAt.has(query), { interval: 1 }).toBe(true)

  beforeAll(async () => {
    scope = await Effect.runPromise(Scope.make())
    url = await Effect.runPromise(Effect.provideService(freshPostgresUrl, Scope.Scope, scope))
    accepting = await startProcess(url, "off", () => Effect.succeed(said("from the caller's process")))
    working = await startProcess(url, "inline", ({ query }) =>
      Effect.gen(function* () {
        startedAt.set(query, performance.now())
        if (breakdowns.delete(query)) return yield* Effect.die("broken")
        if (gates.has(query)) yield* Deferred.await(at(gates, query))
        return said("from the worker")
      }).pipe(Effect.onInterrupt(() => Deferred.succeed(at(stops, query), undefined)))
    )
    workspaceId = await accepting.run(newWorkspace)
  })
  afterAll(async () => {
    await Promise.all([accepting.stop(), working.stop()])
    await Effect.runPromise(Scope.close(scope, Exit.void))
  })

  it("what one accepts for later, the other starts at once; whoever waits in the first hears of its end at once", async () => {
    const starts: Array<number> = []
    for (let index = 0; index < 20; index++) {
      const query = `later ${index}`
      const gate = at(gates, query)
      const { turnId } = await accepting.run(submitTurn(commandOf(query)))
      const accepted = performance.now()
      const waiting = accepting.run(awaitTurn(workspaceId, turnId))
      await started(query)
      starts.push((startedAt.get(query) ?? 0) - accepted)
      const ended = performance.now()
      await Effect.runPromise(Deferred.succeed(gate, undefined))
      const { replies } = await waiting
      expect(replies[0]?.content).toBe("from the worker")
      expect(performance.now() - ended).toBeLessThan(POLL_MS / 2)
    }
    const sorted = starts.toSorted((a, b) => a - b)
    expect(sorted[9]).toBeLessThan(50)
  })

  const runningIn = async (query: string): Promise<TurnId> => {
    at(gates, query)
    const { turnId } = await accepting.run(submitTurn(commandOf(query)))
    await started(query)
    return turnId
  }

  const stoppedWithin = (query: string) =>
    Effect.runPromise(Effect.timeout(Deferred.await(at(stops, query)), POLL_MS / 2))

  it("a turn that another supersedes, cancels or hands over to people is stopped where it runs", async () => {
    await runningIn("superseded")
    const instead = await accepting.run(
      submitTurn(commandOf("instead", { userId: UserId.make("superseded"), onBusy: "supersede", leaseMs: 30_000 }))
    )
    await stoppedWithin("superseded")
    expect((await accepting.run(instead.ended)).replies[0]?.content).toBe("from the caller's process")

    const turnId = await runningIn("cancelled")
    const waiting = accepting.run(awaitTurn(workspaceId, turnId))
    await accepting.run(Turns.use((turns) => turns.cancel(workspaceId, turnId)))
    await stoppedWithin("cancelled")
    expect((await waiting).status).toBe("cancelled")

    const handed = await runningIn("handed over")
    const left = accepting.run(awaitTurn(workspaceId, handed))
    const { dialogId } = await accepting.run(found(handed))
    await accepting.run(handOverDialog({ workspaceId, dialogId, reason: null, closingMessage: "Bye." }))
    await stoppedWithin("handed over")
    expect((await left).status).toBe("cancelled")
  })

  it("a quiet time that one begins ends on time in the other, also when it was begun anew", async () => {
    for (const userId of [1, 2, 3, 4, 5].map((n) => UserId.make(`quiet ${n}`))) {
      const say = (query: string) =>
        accepting.run(submitTurn(commandOf(query, { userId, onBusy: "coalesce", quietMs: QUIET_MS })))
      const { turnId } = await say("one")
      await say("two")
      const { replies } = await accepting.run(awaitTurn(workspaceId, turnId))
      expect(replies[0]?.content).toBe("from the worker")
      const { createdAt, startedAt } = await accepting.run(found(turnId))
      const waited = (startedAt?.getTime() ?? Infinity) - createdAt.getTime()
      expect(waited).toBeGreaterThanOrEqual(QUIET_MS)
      expect(waited).toBeLessThan(QUIET_MS + POLL_MS / 2)
    }
  })

  it("a turn that broke down is tried again on time", async () => {
    for (const query of ["break 1", "break 2", "break 3"]) {
      breakdowns.add(query)
      const { ended, turnId } = await accepting.run(submitTurn(commandOf(query)))
      const before = performance.now()
      await accepting.run(ended)
      expect((await accepting.run(found(turnId))).attempts).toBe(2)
      expect(performance.now() - before).toBeLessThan(RETRY_MS + POLL_MS / 2)
    }
  })

  it("what waits behind a caller's own turn is taken by the worker as soon as that has ended", async () => {
    const [first, second] = [commandOf("own", { leaseMs: 30_000 }), commandOf("behind", { userId: UserId.make("own") })]
    await accepting.run(submitTurn(first))
    const { ended } = await accepting.run(submitTurn(second))
    const before = performance.now()
    await accepting.run(ended)
    expect(performance.now() - before).toBeLessThan(POLL_MS / 2)
  })

  it("a connection that is lost is opened again, and what was said meanwhile is made up for", async () => {
    const admin = postgres(url, { max: 1 })
    const lost = await admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'butler wake-ups' and datname = current_database()`
    expect(lost).toHaveLength(2)
    const { ended } = await accepting.run(submitTurn(commandOf("while it was gone")))
    const before = performance.now()
    await accepting.run(ended)
    expect(performance.now() - before).toBeLessThan(POLL_MS)
    const listening = () => admin`select 1 from pg_stat_activity where application_name = 'butler wake-ups'`
    await expect.poll(async () => (await listening()).length, { interval: 20 }).toBe(2)
    await admin.end()
  })
})
