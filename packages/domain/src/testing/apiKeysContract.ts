import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { Ids } from "../ids/Ids.ts"
import type { WorkspaceId } from "../ids/brands.ts"
import { ALL_SCOPES, type ApiKey, ApiKeyId, ApiKeyNotFound } from "../workspace/ApiKey.ts"
import { ApiKeys } from "../workspace/ApiKeys.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { newWorkspace } from "./fixtures.ts"

/** Every byte that text handling could spoil: zero, high, newline, quote, backslash. */
const DIGEST = Uint8Array.from({ length: 32 }, (_, index) => [0, 255, 10, 39, 92, 128][index % 6] ?? 0)

const createdAt = new Date("2026-02-05T10:30:45.123Z")

export const newKey = Effect.fnUntraced(function* (workspaceId: WorkspaceId, given: Partial<ApiKey> = {}) {
  const ids = yield* Ids
  const id = ApiKeyId.make((yield* ids.snowflake).slice(-16).padStart(16, "0"))
  const open = { agentId: null, ratePerMinute: null, callbackHosts: null, expiresAt: null, revokedAt: null }
  const base = { id, workspaceId, name: "Shop 店", scopes: ALL_SCOPES, createdAt, ...open }
  return { ...base, digest: DIGEST, ...given }
})

/** What every store of keys does. */
export const apiKeysContract = <E>(name: string, store: Layer.Layer<ApiKeys | Workspaces | Ids, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`ApiKeys (${name})`, (it) => {
    it.effect("a key comes back as it was stored, its digest byte for byte", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const keys = yield* ApiKeys
        const expiresAt = new Date("2030-01-01T00:00:00.000Z")
        const key = yield* newKey(workspaceId, {
          expiresAt,
          scopes: ["turns:write"],
          ratePerMinute: 7,
          callbackHosts: ["*.example.com"]
        })
        assert.isTrue(Option.isNone(yield* keys.find(key.id)))
        yield* keys.insert(key)
        const { apiEnabled, digest, ...found } = Option.getOrThrow(yield* keys.find(key.id))
        const { digest: _digest, ...stored } = key
        assert.deepStrictEqual([found, apiEnabled], [stored, true])
        assert.deepStrictEqual([...digest], [...DIGEST])
        assert.isFalse(yield* keys.isEmpty)
      })
    )

    it.effect("a workspace's keys are listed newest first, without digests", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { workspaceId: other } = yield* newWorkspace
        const keys = yield* ApiKeys
        assert.deepStrictEqual(yield* keys.list(workspaceId), [])
        const older = yield* newKey(workspaceId)
        const newer = yield* newKey(workspaceId, { createdAt: new Date(createdAt.getTime() + 1), scopes: [] })
        for (const key of [newer, older, yield* newKey(other)]) yield* keys.insert(key)
        const withoutDigest = [newer, older].map(({ digest: _digest, ...key }) => key)
        assert.deepStrictEqual(yield* keys.list(workspaceId), withoutDigest)
      })
    )

    it.effect("a key is revoked once", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const keys = yield* ApiKeys
        const key = yield* newKey(workspaceId)
        const other = yield* newKey(workspaceId)
        const revokedAt = new Date(createdAt.getTime() + 1)
        const revoked = yield* newKey(workspaceId, { revokedAt })
        for (const each of [key, other, revoked]) yield* keys.insert(each)
        yield* keys.revoke(workspaceId, key.id)
        const first = Option.getOrThrow(yield* keys.find(key.id)).revokedAt
        assert.instanceOf(first, Date)
        yield* keys.revoke(workspaceId, key.id)
        yield* keys.revoke(workspaceId, revoked.id)
        assert.deepStrictEqual(Option.getOrThrow(yield* keys.find(key.id)).revokedAt, first)
        assert.deepStrictEqual(Option.getOrThrow(yield* keys.find(revoked.id)).revokedAt, revokedAt)
        assert.strictEqual(Option.getOrThrow(yield* keys.find(other.id)).revokedAt, null)
      })
    )

    it.effect("another workspace's key, and one that does not exist, cannot be revoked", () =>
      Effect.gen(function* () {
        const { workspaceId: mine } = yield* newWorkspace
        const { workspaceId: theirs } = yield* newWorkspace
        const keys = yield* ApiKeys
        const key = yield* newKey(theirs)
        const unknown = yield* newKey(mine)
        yield* keys.insert(key)
        for (const { id } of [key, unknown]) {
          assert.deepStrictEqual(yield* Effect.flip(keys.revoke(mine, id)), new ApiKeyNotFound({ apiKeyId: id }))
        }
        assert.strictEqual(Option.getOrThrow(yield* keys.find(key.id)).revokedAt, null)
      })
    )
  })
