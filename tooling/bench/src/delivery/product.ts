/** The product's own store, outbox and delivery runner in one process, as `BUTLER_WORKER=inline` has them. */
import { writeFileSync } from "node:fs"
import {
  acceptTurn,
  API_CHANNEL,
  CipherPlain,
  Deliveries,
  type DialogId,
  Ids,
  type TurnId,
  WebhookEndpointId,
  WebhookEndpoints,
  type WorkspaceId,
  Workspaces
} from "@butler/domain"
import { Database, migrate, PersistenceLayer, PostgresDatabase, query } from "@butler/persistence"
import { DeliveryRunner, Egress, eventBody, makeSecret, Sender, signatureHeaders } from "@butler/webhooks"
import { Effect, Exit, Fiber, Layer, Logger, ManagedRuntime, Redacted, Schedule, Scope } from "effect"
import { sql } from "kysely"
import { serveTasks, type Task } from "./child.ts"

const database = Layer.effect(Database, Effect.andThen(Effect.orDie(migrate), Database)).pipe(
  Layer.provide(PostgresDatabase.layer({ url: Redacted.make(process.env["DATABASE_URL"] ?? "") }))
)
const store = PersistenceLayer.pipe(
  Layer.provideMerge(database),
  Layer.provide(CipherPlain),
  Layer.provideMerge(Layer.orDie(Egress.layer({ allow: ["127.0.0.1"] }))),
  Layer.provideMerge(Logger.layer([]))
)
const services = Sender.layer.pipe(Layer.provideMerge(store))
const runtime = ManagedRuntime.make(services)

interface World {
  readonly workspaceId: WorkspaceId
  readonly dialogs: ReadonlyArray<DialogId>
  readonly endpoints: ReadonlyArray<WebhookEndpointId>
}

const commandFor = (workspaceId: WorkspaceId, dialogId: DialogId | null) => ({
  workspaceId,
  userId: null,
  dialogId,
  ifMissing: "error" as const,
  query: "Where is my order 202602050001? It should have been here by now.",
  attachments: [],
  channel: API_CHANNEL,
  sendWebhook: null,
  onBusy: "enqueue" as const,
  quietMs: 0,
  idempotency: null,
  leaseMs: null
})

const subscribe = Effect.fnUntraced(function* (workspaceId: WorkspaceId, url: string) {
  const id = WebhookEndpointId.make(`wh_${yield* (yield* Ids).snowflake}`)
  yield* (yield* WebhookEndpoints).create({
    id,
    workspaceId,
    secret: makeSecret(),
    url,
    events: ["BUTLER_MESSAGE_CREATED"],
    payload: "example",
    headers: {},
    ordered: true,
    ratePerMinute: null,
    timeoutMs: 15_000,
    enabled: true
  })
  return id
})

const prepare = Effect.fnUntraced(function* (receiver: string, endpoints: number, dialogs: number) {
  const ids = yield* Ids
  const workspaceId = yield* ids.workspaceId
  yield* (yield* Workspaces).create({ id: workspaceId, name: "bench" }, { id: yield* ids.agentId, name: "Butler" })
  const opened = yield* Effect.replicateEffect(acceptTurn(commandFor(workspaceId, null)), dialogs)
  const subscribed = yield* Effect.forEach(
    // The last one is the one that hangs when it is told to.
    Array.from({ length: endpoints }, (_, index) => `${receiver}/${index === endpoints - 1 ? "hang" : index}`),
    (url) => subscribe(workspaceId, url)
  )
  return { workspaceId, dialogs: opened.map(({ dialogId }) => dialogId), endpoints: subscribed } satisfies World
})

const say = ({ dialogs, workspaceId }: World, index: number) =>
  acceptTurn(commandFor(workspaceId, dialogs[index % dialogs.length] ?? null))

const fill = (world: World, messages: number) =>
  Effect.forEach(
    Array.from({ length: messages }, (_, index) => index),
    (index) => say(world, index),
    { concurrency: 8, discard: true }
  )

const now = (): number => performance.timeOrigin + performance.now()

/** Stores messages at a steady pace whatever becomes of them, and answers when each was committed. */
const drive = Effect.fnUntraced(function* (world: World, perSecond: number, seconds: number) {
  const began = now()
  const committed = new Map<TurnId, number>()
  yield* Effect.forEach(
    Array.from({ length: Math.round(perSecond * seconds) }, (_, index) => index),
    Effect.fnUntraced(function* (index) {
      yield* Effect.sleep(Math.max(0, began + (index * 1_000) / perSecond - now()))
      const { turnId } = yield* say(world, index)
      committed.set(turnId, now())
    }),
    { concurrency: 16, discard: true }
  )
  const { rows } = yield* query("bench.messages", (db) =>
    sql<{ readonly turn_id: TurnId; readonly id: string }>`
      select turn_id, id from message where workspace_id = ${world.workspaceId}::uuid and turn_id is not null`.execute(
      db
    )
  )
  return rows.flatMap(({ id, turn_id }) => {
    const at = committed.get(turn_id)
    return at === undefined ? [] : [[id, at] as const]
  })
})

/** Lanes with something to send beyond which nothing more is stored for a moment. */
const OUTSTANDING = 500

const outstanding = query("bench.outstanding", (db) =>
  sql<{ readonly count: number }>`
    select count(*)::integer as count from lane
    where kind = 'delivery' and retrying = any ('{false,true}') and next_at < 'infinity'`.execute(db)
).pipe(Effect.map(({ rows }) => rows[0]?.count ?? 0))

/** Stores messages as fast as their deliveries are sent, and answers how many. */
const sustain = Effect.fnUntraced(function* (world: World, seconds: number) {
  const until = now() + seconds * 1_000
  let stored = 0
  let open = true
  const look = Effect.map(outstanding, (count) => void (open = count < OUTSTANDING))
  const producer = Effect.gen(function* () {
    while (now() < until) {
      if (open) yield* say(world, stored++)
      else yield* Effect.sleep("5 millis")
    }
  })
  const watched = yield* Effect.forkChild(Effect.repeat(look, Schedule.spaced("20 millis")))
  yield* Effect.replicateEffect(producer, 16, { concurrency: "unbounded", discard: true })
  yield* Fiber.interrupt(watched)
  return stored
})

/** Events as they are posted, signed, in a file for the bare loop. */
const bodies = Effect.fnUntraced(function* ({ endpoints, workspaceId }: World, count: number) {
  const deliveries = yield* Deliveries
  const requests = yield* Effect.forEach(
    endpoints,
    Effect.fnUntraced(function* (endpointId, index) {
      const limit = Math.ceil(count / endpoints.length)
      const events = yield* deliveries.events({ workspaceId, endpointId, after: null, limit })
      return events.map(({ content }) => {
        const body = JSON.stringify(eventBody(content, "example"))
        const signed = signatureHeaders([makeSecret()], { id: content.id, timestamp: 1_770_000_000, body })
        return { path: `/${index}`, headers: { "content-type": "application/json", ...signed }, body }
      })
    })
  )
  const file = process.env["BODIES"] ?? ""
  writeFileSync(file, JSON.stringify(requests.flat()))
  return file
})

let scope = Scope.makeUnsafe()
let world: World | undefined

const known = (): World => {
  if (world === undefined) throw new Error("prepare comes first")
  return world
}

const startRunner = Effect.suspend(() => Layer.buildWithScope(DeliveryRunner.layer(), scope))

const perform = async (task: Task): Promise<unknown> => {
  switch (task.do) {
    case "prepare":
      world = await runtime.runPromise(prepare(task.receiver, task.endpoints, task.dialogs))
      return
    case "fill":
      await runtime.runPromise(fill(known(), task.messages))
      // What autovacuum does by itself within a minute.
      return runtime.runPromise(query("bench.analyze", (db) => sql`analyze`.execute(db)).pipe(Effect.asVoid))
    case "run":
      await runtime.runPromise(startRunner)
      return
    case "rest":
      await runtime.runPromise(Scope.close(scope, Exit.void))
      scope = Scope.makeUnsafe()
      return
    case "drive":
      return runtime.runPromise(drive(known(), task.perSecond, task.seconds))
    case "sustain":
      return runtime.runPromise(sustain(known(), task.seconds))
    case "bodies":
      return runtime.runPromise(bodies(known(), task.count))
    case "post":
      return
  }
}

process.once("SIGTERM", () => {
  Effect.runPromise(Scope.close(scope, Exit.void))
    .then(() => runtime.dispose())
    .finally(() => process.exit())
})
serveTasks(perform)
