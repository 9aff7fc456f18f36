import { type SecretOwner, SigningSecrets, WebhookEndpointNotFound } from "@butler/domain"
import { Effect, Layer } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { findEndpoint } from "./endpointStatements.ts"
import { insertFirstSecret, listSecrets, rotateSecret } from "./signingSecretStatements.ts"

/** `SigningSecrets` on SQL. */
export const SigningSecretsSql: Layer.Layer<SigningSecrets, never, Database> = Layer.effect(
  SigningSecrets,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)

    const list = (owner: SecretOwner) =>
      query("secret.list", (db) => listSecrets(db, owner)).pipe(onDatabase, Effect.orDie)

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
        yield* query("secret.insert", (db) => insertFirstSecret(db, owner, candidate)).pipe(onDatabase, Effect.orDie)
        return yield* list(owner)
      }),
      rotate: Effect.fnUntraced(function* (owner, secret, overlapMs) {
        yield* check(owner)
        yield* query("secret.rotate", (db) => rotateSecret(db, owner, secret, overlapMs)).pipe(
          Effect.retry({ while: (failure) => failure.constraint === "signing_secret_pkey", times: 5 }),
          onDatabase,
          Effect.orDie
        )
        return yield* list(owner)
      })
    })
  })
)
