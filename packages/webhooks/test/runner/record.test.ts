import {
  Deliveries,
  DeliveryQueue,
  Ids,
  type NewReplay,
  ReplayId,
  Replays,
  type WebhookEndpoint,
  WebhookEndpoints
} from "@butler/domain"
import { Database } from "@butler/persistence"
import { assert, layer } from "@effect/vitest"
import { Effect, Option } from "effect"
import { sql } from "kysely"
import { receiver } from "../send/receivers.ts"
import {
  all,
  ask,
  converse,
  deliveriesOf,
  eventually,
  execute,
  hasten,
  newEndpoint,
  newWorkspace,
  settled,
  worlds
} from "./world.ts"

const ok = { kind: "status", status: 200 } as const
const broken = { kind: "status", status: 500 } as const

const windowOf = (endpoint: WebhookEndpoint, given: Partial<NewReplay> = {}): Omit<NewReplay, "id"> => ({
  workspaceId: endpoint.workspaceId,
  endpointId: endpoint.id,
  since: new Date(Date.now() - 3_600_000),
  until: new Date(Date.now() + 3_600_000),
  statuses: ["dead", "skipped"],
  ...given
})

const replay = Effect.fnUntraced(function* (endpoint: WebhookEndpoint, given: Partial<NewReplay> = {}) {
  const id = ReplayId.make(`rp_${yield* (yield* Ids).snowflake}`)
  return yield* (yield* Replays).create({ ...windowOf(endpoint, given), id })
})

const eventsAfter = Effect.fnUntraced(function* (endpoint: WebhookEndpoint, limit: number) {
  const deliveries = yield* Deliveries
  const query = { workspaceId: endpoint.workspaceId, endpointId: endpoint.id, limit }
  const found: Array<string> = []
  let after = null
  for (;;) {
    const page: Effect.Success<ReturnType<typeof deliveries.events>> = yield* deliveries.events({ ...query, after })
    found.push(...page.map(({ content }) => content.message?.content ?? ""))
    const last = page.at(-1)
    if (last === undefined) return found
    after = last.cursor
  }
})

for (const { name, running } of worlds) {
  layer(running, { excludeTestServices: true, timeout: "60 seconds" })(`the record (${name})`, (it) => {
    it.effect("a dead delivery can be sent again by hand, with its id and the full schedule", () =>
      Effect.gen(function* () {
        const { play, requests, url } = yield* receiver(broken)
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url)
        yield* ask(workspaceId)
        yield* settled(endpoint, ([delivery]) => delivery?.attempts.length === 1)
        yield* execute(`update delivery set round_start = -8 where workspace_id = '${workspaceId}'`)
        yield* hasten(workspaceId)
        const [dead] = yield* settled(endpoint, all("dead", 1))
        assert.isDefined(dead)
        const deliveries = yield* Deliveries
        const again = yield* deliveries.retry(workspaceId, endpoint.id, dead.id)
        assert.deepInclude(again, { id: dead.id, status: "pending", finishedAt: null })
        const [waiting] = yield* settled(endpoint, ([delivery]) => delivery?.attempts.length === 3)
        assert.strictEqual(waiting?.status, "pending")
        play(ok)
        yield* deliveries.retry(workspaceId, endpoint.id, dead.id)
        yield* settled(endpoint, all("delivered", 1))
        assert.strictEqual(new Set(requests.map(({ headers }) => headers["webhook-id"])).size, 1)
        const other = yield* newEndpoint(workspaceId, url)
        const error = yield* Effect.flip(deliveries.retry(workspaceId, other.endpoint.id, dead.id))
        assert.strictEqual(error._tag, "DeliveryNotFound")
      })
    )

    it.effect("what was missed while disabled is replayed, in order and with its ids", () =>
      Effect.gen(function* () {
        const { requests, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url, { enabled: false })
        const { dialogId } = yield* converse(workspaceId, { query: "1" }, ["2"])
        yield* converse(workspaceId, { dialogId, query: "3" }, ["4", "5"])
        const missed = yield* settled(endpoint, all("skipped", 5))
        yield* (yield* WebhookEndpoints).update(workspaceId, endpoint.id, { enabled: true })
        assert.strictEqual(yield* (yield* Replays).count(windowOf(endpoint)), 5)
        assert.strictEqual(yield* (yield* Replays).count(windowOf(endpoint, { statuses: ["delivered"] })), 0)
        const job = yield* replay(endpoint)
        assert.deepInclude(job, { total: 5, done: 0, finishedAt: null })
        yield* settled(endpoint, all("delivered", 5))
        assert.deepStrictEqual(
          requests.map(({ body }) => Number(/"sequence":(\d+)/.exec(body)?.[1])),
          [1, 2, 3, 4, 5]
        )
        assert.sameMembers(
          requests.map(({ headers }) => String(headers["webhook-id"])),
          missed.map(({ id }) => id)
        )
        const find = (yield* Replays).find(workspaceId, endpoint.id, job.id)
        const finished = yield* eventually(find, (found) =>
          Option.exists(found, ({ finishedAt }) => finishedAt !== null)
        )
        assert.strictEqual(Option.getOrThrow(finished).done, 5)
      })
    )

    it.effect("a replay takes what its window and statuses name", () =>
      Effect.gen(function* () {
        const { requests, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url, { ordered: false })
        yield* converse(workspaceId)
        yield* settled(endpoint, all("delivered", 2))
        const past = { since: new Date(0), until: new Date(Date.now() - 3_600_000) }
        assert.strictEqual(yield* (yield* Replays).count(windowOf(endpoint, { ...past, statuses: ["delivered"] })), 0)
        yield* replay(endpoint, { statuses: ["delivered"] })
        yield* settled(endpoint, (found) => found.every(({ attempts }) => attempts.length === 2))
        assert.strictEqual(requests.length, 4)
      })
    )

    it.effect("the events can be pulled, page by page", () =>
      Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, "http://127.0.0.1:1/", { enabled: false })
        const { dialogId } = yield* converse(workspaceId, { query: "1" }, ["2"])
        yield* converse(workspaceId, { dialogId, query: "3" }, ["4", "5"])
        assert.deepStrictEqual(yield* eventsAfter(endpoint, 2), ["1", "2", "3", "4", "5"])
        assert.deepStrictEqual(yield* eventsAfter(endpoint, 100), ["1", "2", "3", "4", "5"])
      })
    )

    it.effect("what is past its time is removed, what is still owed is not", () =>
      Effect.gen(function* () {
        const { url } = yield* receiver((_, index) => (index === 0 ? ok : broken))
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url)
        yield* ask(workspaceId)
        yield* settled(endpoint, all("delivered", 1))
        yield* ask(workspaceId)
        yield* settled(endpoint, ([latest]) => latest?.attempts[0]?.status === 500)
        yield* execute(
          `update delivery set created_at = now() - interval '31 days' where workspace_id = '${workspaceId}'`
        )
        const queue = yield* DeliveryQueue
        assert.strictEqual(yield* queue.purge(30 * 86_400_000, 1), 1)
        assert.strictEqual(yield* queue.purge(30 * 86_400_000, 1_000), 0)
        assert.strictEqual((yield* deliveriesOf(endpoint)).length, 1)
      })
    )
  })
}

const [postgres] = worlds
if (postgres !== undefined) {
  layer(postgres.running, { excludeTestServices: true, timeout: "60 seconds" })("pulling (PostgreSQL)", (it) => {
    it.effect("a commit that comes late is never stepped over", () =>
      Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, "http://127.0.0.1:1/", { enabled: false })
        const { kysely } = yield* Database
        const open = yield* Effect.promise(() => kysely.startTransaction().execute())
        yield* Effect.promise(() => sql`select pg_current_xact_id()`.execute(open))
        yield* ask(workspaceId, { query: "after" })
        yield* Effect.promise(() =>
          sql`insert into delivery (workspace_id, endpoint_id, dialog_id, conversation_id, message_id, status)
              select workspace_id, endpoint_id, dialog_id, conversation_id, message_id, status from delivery
              where workspace_id = ${workspaceId}::uuid`.execute(open)
        )
        assert.deepStrictEqual(yield* eventsAfter(endpoint, 10), [])
        yield* Effect.promise(() => open.commit().execute())
        assert.deepStrictEqual(yield* eventsAfter(endpoint, 10), ["after", "after"])
      })
    )
  })
}
