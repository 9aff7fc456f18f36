import type { ReceivedRequest } from "@butler/testing"
import { SigningSecrets } from "@butler/domain"
import { transaction } from "@butler/persistence"
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { Webhook } from "standardwebhooks"
import { makeSecret } from "../../src/index.ts"
import { receiver } from "../send/receivers.ts"
import { all, ask, converse, eventually, execute, hasten, newEndpoint, newWorkspace, settled, worlds } from "./world.ts"

const verified = (secret: string, request: ReceivedRequest | undefined): unknown => {
  assert.isDefined(request)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  return new Webhook(secret).verify(request.body, headers)
}

const idOf = (request: ReceivedRequest | undefined): string => String(request?.headers["webhook-id"])

for (const { name, running } of worlds) {
  layer(running, { excludeTestServices: true, timeout: "60 seconds" })(`deliveries (${name})`, (it) => {
    it.effect("every message of a dialog arrives, signed, in order and numbered without gaps", () =>
      Effect.gen(function* () {
        const { received, requests, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { endpoint, secret } = yield* newEndpoint(workspaceId, `${url}/hook`, { headers: { "x-mine": "1" } })
        const { dialogId } = yield* converse(workspaceId)
        yield* converse(workspaceId, { dialogId }, ["One.", "Two."])
        yield* Effect.promise(() => received(5))
        const bodies = requests.map((request) => verified(secret, request))
        assert.deepStrictEqual(
          bodies.map((body) =>
            typeof body === "object" && body !== null && "sequence" in body ? body.sequence : null
          ),
          [1, 2, 3, 4, 5]
        )
        assert.deepInclude(bodies[0], { businessType: 15016, requestId: idOf(requests[0]) })
        const [first] = requests
        assert.strictEqual(first?.path, "/hook")
        assert.deepInclude(first?.headers, {
          "content-type": "application/json",
          tenant_id: workspaceId,
          "x-tenant-id": workspaceId,
          "business-type": "15016",
          "x-mine": "1"
        })
        assert.include(first?.rawHeaders ?? [], "TENANT_ID")
        assert.match(String(first?.headers["x-nct-time"]), /^\d{13}$/)
        const stored = yield* settled(endpoint, all("delivered", 5))
        assert.deepStrictEqual(stored.map(({ sequence }) => sequence).toSorted(), [1, 2, 3, 4, 5])
        assert.strictEqual(new Set(stored.map(({ id }) => id)).size, 5)
      })
    )

    it.effect("nothing is sent for what was rolled back", () =>
      Effect.gen(function* () {
        const { requests, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url)
        yield* Effect.exit(transaction(Effect.andThen(converse(workspaceId), Effect.die("no"))))
        yield* ask(workspaceId)
        yield* settled(endpoint, all("delivered", 1))
        assert.strictEqual(requests.length, 1)
      })
    )

    it.effect("a callback tells each reply, signed with the workspace's own secret", () =>
      Effect.gen(function* () {
        const { received, requests, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { dialogId, turnId } = yield* converse(workspaceId, { sendWebhook: `${url}/cb` }, ["One.", "Two."])
        yield* Effect.promise(() => received(2))
        const [{ secret } = { secret: "" }] = yield* (yield* SigningSecrets).valid(
          { workspaceId, endpointId: null },
          makeSecret()
        )
        const bodies = requests.map((request) => verified(secret, request))
        for (const body of bodies) {
          assert.containsAllKeys(body, ["id", "content", "createdAt", "agentLogs", "attachments"])
          assert.deepInclude(body, { dialogId, turnId, attachments: [] })
          assert.deepNestedInclude(body, { "agentLogs[0].type": "language" })
        }
        assert.sameMembers(
          bodies.map((body) => (typeof body === "object" && body !== null && "content" in body ? body.content : null)),
          ["One.", "Two."]
        )
      })
    )

    it.effect("a callback tells that a turn has failed", () =>
      Effect.gen(function* () {
        const { received, requests, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { turnId } = yield* converse(workspaceId, { sendWebhook: url }, "failed")
        yield* Effect.promise(() => received(1))
        assert.deepInclude(JSON.parse(requests[0]?.body ?? ""), {
          turnId,
          content: "",
          error: { type: "model_failed", detail: "no answer" }
        })
      })
    )

    it.effect("a second attempt has the same id and body, a fresh time and signature", () =>
      Effect.gen(function* () {
        const { received, requests, url } = yield* receiver((_, index) => ({
          kind: "status",
          status: index === 0 ? 500 : 200,
          body: index === 0 ? "not\u0000now" : ""
        }))
        const workspaceId = yield* newWorkspace
        const { endpoint, secret } = yield* newEndpoint(workspaceId, url)
        yield* ask(workspaceId)
        const [waiting] = yield* settled(endpoint, ([delivery]) => delivery?.attempts.length === 1)
        assert.strictEqual(waiting?.status, "pending")
        assert.deepInclude(waiting?.attempts[0], { number: 1, status: 500, error: "status", response: "notnow" })
        const pause = (waiting?.nextAttemptAt?.getTime() ?? 0) - (waiting?.attempts[0]?.at.getTime() ?? 0)
        assert.isAtLeast(pause, 4_400)
        assert.isAtMost(pause, 6_500)
        yield* Effect.sleep("1 second")
        yield* hasten(workspaceId)
        yield* Effect.promise(() => received(2))
        const [first, second] = requests
        assert.strictEqual(idOf(first), idOf(second))
        assert.strictEqual(first?.body, second?.body)
        assert.notStrictEqual(first?.headers["webhook-timestamp"], second?.headers["webhook-timestamp"])
        assert.notStrictEqual(first?.headers["webhook-signature"], second?.headers["webhook-signature"])
        verified(secret, second)
        const [done] = yield* settled(endpoint, all("delivered", 1))
        assert.deepInclude(done?.attempts[1], { number: 2, status: 200, error: null })
      })
    )

    it.effect("an old secret is valid beside the new one until its time is over", () =>
      Effect.gen(function* () {
        const { received, requests, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { endpoint, secret } = yield* newEndpoint(workspaceId, url)
        const owner = { workspaceId, endpointId: endpoint.id }
        const next = makeSecret()
        const valid = yield* (yield* SigningSecrets).rotate(owner, next, 86_400_000)
        assert.deepStrictEqual(
          valid.map((entry) => [entry.secret, entry.expiresAt === null]),
          [
            [next, true],
            [secret, false]
          ]
        )
        const { dialogId } = yield* converse(workspaceId, {}, [])
        yield* Effect.promise(() => received(1))
        verified(secret, requests[0])
        verified(next, requests[0])
        yield* execute(
          `update signing_secret set expires_at = now() where workspace_id = '${workspaceId}' and expires_at is not null`
        )
        yield* ask(workspaceId, { dialogId })
        yield* Effect.promise(() => received(2))
        verified(next, requests[1])
        assert.throws(() => verified(secret, requests[1]))
      })
    )

    it.effect("one delivery after another leaves no lane of its own behind", () =>
      Effect.gen(function* () {
        const { received, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url, { ordered: false })
        yield* converse(workspaceId, { sendWebhook: url })
        yield* Effect.promise(() => received(3))
        yield* settled(endpoint, all("delivered", 2))
        const lanes = execute(`select key from lane where workspace_id = '${workspaceId}' and kind = 'delivery'`)
        yield* eventually(lanes, ({ rows }) => rows.length === 0)
      })
    )
  })
}
