import { Contacts, IdentitySecrets, type RunnableTurn, type WorkspaceId } from "@butler/domain"
import { Cache, Clock, Context, Effect, Layer, Option } from "effect"
import { identityKey, makeIdentitySecret, type PublicKey } from "./identityKey.ts"
import { signClaim } from "./signClaim.ts"

/** The workspaces whose keys are at hand. */
const KEYS = 1_000

/** Says to servers of tools for whom a call is made. */
export class ToolIdentity extends Context.Service<
  ToolIdentity,
  {
    /** A short-lived claim that the server can verify, made out to it alone; null where none is made. */
    readonly sign: (turn: RunnableTurn, audience: string) => Effect.Effect<string | null>
    /** What a workspace's claims are verified with. */
    readonly keys: (workspaceId: WorkspaceId) => Effect.Effect<ReadonlyArray<PublicKey>>
  }
>()("@butler/tools/ToolIdentity") {
  /** Servers are told nothing. */
  static readonly layerNone = Layer.succeed(
    ToolIdentity,
    ToolIdentity.of({ sign: () => Effect.succeed(null), keys: () => Effect.succeed([]) })
  )

  /** Claims signed with a key of each workspace's own. */
  static readonly layer: Layer.Layer<ToolIdentity, never, Contacts | IdentitySecrets> = Layer.effect(
    ToolIdentity,
    Effect.gen(function* () {
      const contacts = yield* Contacts
      const secrets = yield* IdentitySecrets
      const keys = yield* Cache.make({
        capacity: KEYS,
        lookup: (workspaceId: WorkspaceId) => Effect.map(secrets.get(workspaceId, makeIdentitySecret()), identityKey)
      })
      return ToolIdentity.of({
        keys: (workspaceId) => Effect.map(Cache.get(keys, workspaceId), ({ publicKey }) => [publicKey]),
        sign: Effect.fn("ToolIdentity.sign")(function* (turn, audience) {
          const key = yield* Cache.get(keys, turn.workspaceId)
          const contact = Option.getOrNull(yield* contacts.find(turn.workspaceId, turn.contactId))
          const userId = contact?.userId ?? null
          const now = yield* Clock.currentTimeMillis
          return yield* Effect.promise(() => signClaim(key, { turn, userId, audience, now }))
        })
      })
    })
  )
}
