import { Lane } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

const LEASE_MS = 10

const terms = (token: string) => ({ token, durationMs: LEASE_MS })

const Operation = Schema.Struct({
  does: Schema.Literals(["enqueue", "enqueueLeased", "claim", "complete", "retry", "heartbeat", "wait"]),
  /** Which of the tokens ever given out is used, counted from the latest; old ones are those of workers who are late. */
  holder: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3 })),
  millis: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 * LEASE_MS }))
})

/** A lane, and what its users know of it. */
class World {
  lane: Lane.Lane = Lane.idleLane
  now = 0
  enqueued = 0
  readonly tokens: Array<string> = []
  readonly done: Array<number> = []

  /** The one who may work on the head, if any. */
  holder: string | null = null

  newTerms() {
    const token = String(this.tokens.length + 1)
    this.tokens.push(token)
    return terms(token)
  }

  enqueue(leased: boolean) {
    const before = this.lane
    const wanted = leased ? this.newTerms() : null
    this.lane = Lane.enqueue(before, this.now, wanted)
    this.enqueued += 1
    if (wanted !== null && before.lastSeq === before.doneSeq) this.holder = wanted.token
  }

  claim() {
    const wanted = this.newTerms()
    const claimed = Lane.claim(this.lane, this.now, wanted)
    if (claimed === null) return
    assert.isAbove(claimed.lastSeq, claimed.doneSeq)
    assert.strictEqual(claimed.attempts, this.lane.attempts + 1)
    this.lane = claimed
    this.holder = wanted.token
  }

  /** Who does not hold the lease changes nothing; who does succeeds, also late as long as nobody else has claimed. */
  asHolder(token: string, changed: Lane.Lane | null): changed is Lane.Lane {
    assert.strictEqual(changed !== null, token === this.holder)
    if (changed !== null) this.lane = changed
    return changed !== null
  }

  complete(token: string) {
    const head = this.lane.doneSeq + 1
    if (!this.asHolder(token, Lane.complete(this.lane, this.now, token))) return
    this.holder = null
    this.done.push(head)
  }

  retry(token: string, millis: number) {
    if (this.asHolder(token, Lane.retry(this.lane, this.now, token, millis))) this.holder = null
  }

  perform({ does, holder, millis }: typeof Operation.Type) {
    const token = this.tokens.at(-1 - holder) ?? "never given"
    if (does === "wait") this.now += millis
    if (does === "enqueue" || does === "enqueueLeased") this.enqueue(does === "enqueueLeased")
    if (does === "claim") this.claim()
    if (does === "complete") this.complete(token)
    if (does === "retry") this.retry(token, millis)
    if (does === "heartbeat") this.asHolder(token, Lane.heartbeat(this.lane, this.now, terms(token)))
    assert.strictEqual(this.lane.leaseToken, this.holder)
    assert.strictEqual(this.lane.nextAt === Infinity, this.lane.lastSeq === this.lane.doneSeq)
    assert.strictEqual(this.lane.lastSeq, this.enqueued)
  }

  /** A worker who comes after all leases and delays have run out, until nothing is left. */
  drain() {
    while (this.lane.nextAt !== Infinity) {
      this.now = Math.max(this.now, this.lane.nextAt)
      this.claim()
      this.complete(this.tokens.at(-1) ?? "never given")
    }
  }
}

describe("a lane under any sequence of operations", () => {
  it.prop(
    "keeps the order, has one holder at most, loses nothing and is changed by nobody else",
    { operations: Schema.Array(Operation).check(Schema.isMaxLength(60)) },
    ({ operations }) => {
      const world = new World()
      for (const operation of operations) world.perform(operation)
      world.drain()
      assert.deepStrictEqual(
        world.done,
        Array.from({ length: world.enqueued }, (_, index) => index + 1)
      )
    },
    { arbitrary: { runs: 500 } }
  )
})

describe("a lane", () => {
  const leased = Lane.enqueue(Lane.idleLane, 100, terms("a"))

  it("is due at once when it was idle, and leased when terms are brought", () => {
    assert.strictEqual(Lane.enqueue(Lane.idleLane, 100, null).nextAt, 100)
    assert.include(leased, { lastSeq: 1, attempts: 1, leaseToken: "a", nextAt: 110 })
  })

  it("gives no lease to who comes second", () => {
    const second = Lane.enqueue(leased, 105, terms("b"))
    assert.deepStrictEqual(second, { ...leased, lastSeq: 2 })
    assert.strictEqual(Lane.claim(second, 109, terms("b")), null)
  })

  it("comes back when its lease runs out, and counts", () => {
    const again = Lane.claim(leased, 110, terms("b"))
    assert.include(again, { attempts: 2, leaseToken: "b", nextAt: 120 })
  })

  it("lets the next head be due as soon as one is done, and counts anew", () => {
    const done = Lane.complete(Lane.enqueue(leased, 105, null), 107, "a")
    assert.deepStrictEqual(done, { lastSeq: 2, doneSeq: 1, attempts: 0, nextAt: 107, leaseToken: null, quiet: null })
  })
})
