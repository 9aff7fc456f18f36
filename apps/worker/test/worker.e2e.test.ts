import { echo, type ModelServer, startModelServer, startReceiver } from "@butler/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openWorld, runWorker, startWorker, type Worker, type World } from "./support/world.ts"

const SLOW_MS = 1_500

/** Longer than any test: whoever asks is gone before the answer. */
const STUCK_MS = 60_000

const LEASE_MS = 1_000

describe("the worker", { timeout: 60_000 }, () => {
  let world: World
  let model: ModelServer
  let environment: Readonly<Record<string, string>>
  const running: Array<Worker> = []

  const start = async (more: Readonly<Record<string, string>> = {}): Promise<Worker> => {
    const worker = await startWorker(world.url, { ...environment, ...more })
    running.push(worker)
    return worker
  }

  const statusOf = async (turnId: Parameters<World["find"]>[0]) => (await world.find(turnId)).status
  const isRunning = (turnId: Parameters<World["find"]>[0]) =>
    expect.poll(() => statusOf(turnId), { interval: 10, timeout: 10_000 }).toBe("running")
  const isDone = (turnId: Parameters<World["find"]>[0]) =>
    expect.poll(() => statusOf(turnId), { interval: 20, timeout: 20_000 }).toBe("completed")

  /** The first to ask what sticks waits in vain. */
  let stuck = false
  const latencyOf = (asked: string): number => {
    if (asked.includes("slow")) return SLOW_MS
    if (stuck || !asked.includes("sticks")) return 0
    stuck = true
    return STUCK_MS
  }

  beforeAll(async () => {
    world = await openWorld()
    model = await startModelServer((request) => echo({ latencyMs: latencyOf(request.bodyText) })(request))
    environment = { BUTLER_MODEL_URL: model.url, BUTLER_MODEL: "echo", BUTLER_EGRESS_ALLOW: "127.0.0.1" }
  })
  afterAll(async () => {
    for (const worker of running) worker.signal("SIGKILL")
    await Promise.all(running.map(({ ended }) => ended))
    await model.stop()
    await world.close()
  })

  it("says in one line what it lacks", async () => {
    const without = await runWorker({})
    expect(without).toMatchObject({ code: 1, stdout: "" })
    expect(without.stderr).toMatch(/^butler worker: DATABASE_URL must name [^\n]*\n$/)
    const wrong = await runWorker({ DATABASE_URL: world.url, WORKER_PORT: "x", BUTLER_TURN_CONCURRENCY: "0" })
    expect(wrong.stderr).toMatch(
      /^butler worker: the configuration is not valid: BUTLER_TURN_CONCURRENCY must [^\n]*\n$/
    )
    expect(wrong.stderr).toContain("WORKER_PORT must")
  })

  it("runs what was accepted, calls back, and answers its probes", async () => {
    const receiver = await startReceiver()
    const worker = await start()
    const { turnId } = await world.accept("ann", "hello", { sendWebhook: `${receiver.url}/hook` })
    await isDone(turnId)
    await receiver.received(1)
    expect(receiver.requests[0]).toMatchObject({ path: "/hook", method: "POST" })
    const text = async (path: string) => (await fetch(`${worker.url}${path}`)).text()
    expect(JSON.parse(await text("/healthz"))).toEqual({ status: "ok" })
    expect(JSON.parse(await text("/readyz"))).toMatchObject({ status: "ready" })
    expect(await text("/metrics")).toContain('butler_turns_ended{status="completed"} 1')
    expect((await fetch(`${worker.url}/`)).status).toBe(404)
    worker.signal("SIGTERM")
    expect(await worker.ended).toBe(0)
    await receiver.stop()
  })

  it("finishes at SIGTERM what it can finish in time", async () => {
    const worker = await start()
    const { turnId } = await world.accept("bob", "slow")
    await isRunning(turnId)
    worker.signal("SIGTERM")
    expect(await worker.ended).toBe(0)
    expect(await world.find(turnId)).toMatchObject({ status: "completed", attempts: 1 })
  })

  it("gives back at SIGINT what it cannot, for another to run at once", async () => {
    const worker = await start({ BUTLER_SHUTDOWN_GRACE_MS: "50" })
    const { turnId } = await world.accept("cid", "slow")
    await isRunning(turnId)
    worker.signal("SIGINT")
    expect(await worker.ended).toBe(0)
    expect(await statusOf(turnId)).toBe("queued")
    const other = await start()
    await isDone(turnId)
    expect((await world.find(turnId)).attempts).toBe(2)
    other.signal("SIGTERM")
    await other.ended
  })

  it("a turn of a killed worker is finished by another in time, and whoever waits for it has the answer", async () => {
    const lease = { BUTLER_LEASE_MS: String(LEASE_MS) }
    const doomed = await start(lease)
    const { turnId } = await world.accept("dan", "what sticks")
    await expect.poll(() => stuck, { interval: 10, timeout: 10_000 }).toBe(true)
    const other = await start(lease)
    const waiting = world.awaitEnd(turnId)
    const killedAt = Date.now()
    doomed.signal("SIGKILL")
    await doomed.ended
    const waited = await waiting
    expect(waited).toMatchObject({ status: "completed", attempts: 2, replies: [{ content: expect.any(String) }] })
    expect((waited.finishedAt?.getTime() ?? Infinity) - killedAt).toBeLessThan(LEASE_MS + 5_000)
    other.signal("SIGTERM")
    await other.ended
  })

  it("never runs two turns of one dialog at once, however many there are of it; a killed one is replaced", async () => {
    const lease = { BUTLER_LEASE_MS: String(LEASE_MS) }
    const workers = await Promise.all([start(lease), start(lease)])
    const turns = []
    for (let index = 0; index < 20; index++) {
      turns.push(await world.accept(`user ${index % 4}`, index === 10 ? "slow" : `message ${index}`))
    }
    const slow = turns[10]?.turnId
    if (slow !== undefined) await isRunning(slow)
    workers[0]?.signal("SIGKILL")
    for (const { turnId } of turns) await isDone(turnId)
    const ended = await Promise.all(turns.map(({ turnId }) => world.find(turnId)))
    for (let user = 0; user < 4; user++) {
      const own = ended.filter((_, index) => index % 4 === user)
      const finished = own.map(({ finishedAt }) => finishedAt?.getTime() ?? 0)
      expect(finished).toEqual(finished.toSorted((a, b) => a - b))
      // None was started for the last time before the one before it had ended.
      for (const [index, turn] of own.entries()) {
        const before = finished[index - 1] ?? 0
        expect(turn.startedAt?.getTime() ?? 0).toBeGreaterThanOrEqual(before)
      }
      expect(own.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5])
    }
    workers[1]?.signal("SIGTERM")
    expect(await workers[1]?.ended).toBe(0)
  })
})
