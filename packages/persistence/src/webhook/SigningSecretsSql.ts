import { Cipher, type SecretOwner, SigningSecrets, WebhookEndpointNotFound } from "@butler/domain"
import { Effect, Layer } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { findEndpoint } from "./endpointStatements.ts"
import { insertFirstSecret, listSecrets, rotateSecret } from "./signingSecretStatements.ts"

/** `SigningSecrets` on SQL. */
export const SigningSecretsSql: Layer.Layer<SigningSecrets, never, Cipher | Database> = Layer.effect(
  SigningSecrets,
  Effect.gen(function* () {
    const database = yield* Database
    const cipher = yield* Cipher
    const onDatabase = Effect.provideService(Database, database)

    const seal = ({ workspaceId }: SecretOwner, secret: string) =>
      cipher.encrypt({ workspaceId, purpose: "webhook" }, secret)

    const list = Effect.fnUntraced(
      function* (owner: SecretOwner) {
        const { workspaceId } = owner
        const found = yield* query("secret.list", (db) => listSecrets(db, owner))
        return found.map(({ createdAt, expiresAt, secret }) => ({
          secret: cipher.decrypt({ workspaceId, purpose: "webhook" }, secret),
          createdAt,
          expiresAt
        }))
      },
      onDatabase,
      Effect.orDie
    )

    const check = Effect.fnUntraced(function* ({ endpointId, workspaceId }: SecretOwner) {
      if (endpointId === null) return
      const found = yield* query("endpoint.find", (db) => findEndpoint(db, workspaceId, endpointId)).pipe(
        onDatabase,
        Effect.orDie
      )
      if (found === undefined) return yield* new WebhookEndpointNotFound({ endpointId })
    })

    return SigningSecrets.of({
      valid: Effect.fnUntraced(function* (owner, candidate) {
        yield* check(owner)
        const found = yield* list(owner)
        if (found.length > 0) return found
        yield* query("secret.insert", (db) => insertFirstSecret(db, owner, seal(owner, candidate))).pipe(
          onDatabase,
          Effect.orDie
        )
        return yield* list(owner)
      }),
      rotate: Effect.fnUntraced(function* (owner, secret, overlapMs) {
        yield* check(owner)
        yield* query("secret.rotate", (db) => rotateSecret(db, owner, seal(owner, secret), overlapMs)).pipe(
          Effect.retry({ while: (failure) => failure.constraint === "signing_secret_pkey", times: 5 }),
          onDatabase,
          Effect.orDie
        )
        return yield* list(owner)
      })
    })
  })
)
