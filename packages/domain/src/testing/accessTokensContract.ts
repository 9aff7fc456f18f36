import { assert, layer } from "@effect/vitest"
import { Clock, Effect, type Layer, Option } from "effect"
import { Ids } from "../ids/Ids.ts"
import { AccessTokenId } from "../workspace/AccessToken.ts"
import { AccessTokens } from "../workspace/AccessTokens.ts"
import { type ApiKey, ApiKeyId } from "../workspace/ApiKey.ts"
import { ApiKeys } from "../workspace/ApiKeys.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { newWorkspace } from "./fixtures.ts"

const DIGEST = Uint8Array.from({ length: 32 }, (_, index) => [0, 255, 10, 39, 92, 128][index % 6] ?? 0)

const newId = Effect.gen(function* () {
  return (yield* (yield* Ids).snowflake).slice(-16).padStart(16, "0")
})

const newKey = Effect.gen(function* () {
  const { workspaceId } = yield* newWorkspace
  const key: ApiKey = {
    id: ApiKeyId.make(yield* newId),
    workspaceId,
    name: "Shop",
    scopes: ["turns:write"],
    agentId: null,
    ratePerMinute: null,
    callbackHosts: null,
    createdAt: new Date("2026-02-05T10:30:45.123Z"),
    expiresAt: null,
    revokedAt: null
  }
  yield* (yield* ApiKeys).insert({ ...key, digest: DIGEST })
  return key
})

const newToken = Effect.fnUntraced(function* ({ id: apiKeyId, workspaceId }: ApiKey, lifeMs: number) {
  const expiresAt = new Date((yield* Clock.currentTimeMillis) + lifeMs)
  const token = { id: AccessTokenId.make(yield* newId), workspaceId, apiKeyId, digest: DIGEST, expiresAt }
  yield* (yield* AccessTokens).insert(token)
  return token
})

const HOUR = 3_600_000

/** What every store of access tokens does. */
export const accessTokensContract = <E>(
  name: string,
  store: Layer.Layer<AccessTokens | ApiKeys | Workspaces | Ids, E>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`AccessTokens (${name})`, (it) => {
    it.effect("a token comes back with its key, as that is now", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const key = yield* newKey
        const { digest, ...token } = yield* newToken(key, HOUR)
        const found = Option.getOrThrow(yield* tokens.find(token.id))
        const { digest: foundDigest, ...rest } = found.token
        assert.deepStrictEqual([rest, found.key], [token, { ...key, apiEnabled: true }])
        assert.deepStrictEqual([...foundDigest], [...digest])
        yield* (yield* ApiKeys).revoke(key.workspaceId, key.id)
        assert.isNotNull(Option.getOrThrow(yield* tokens.find(token.id)).key.revokedAt)
        assert.isTrue(Option.isNone(yield* tokens.find(AccessTokenId.make(yield* newId))))
      })
    )

    it.effect("a new token makes a key's expired ones forgotten, and no others", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const [key, other] = [yield* newKey, yield* newKey]
        const live = yield* newToken(key, HOUR)
        const expired = yield* newToken(key, -1)
        const others = yield* newToken(other, -1)
        const isKnown = (id: AccessTokenId) => Effect.map(tokens.find(id), Option.isSome)
        assert.isTrue(yield* isKnown(expired.id))
        const next = yield* newToken(key, HOUR)
        assert.deepStrictEqual(yield* Effect.forEach([live.id, expired.id, others.id, next.id], isKnown), [
          true,
          false,
          true,
          true
        ])
      })
    )
  })
