import { Contacts } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"
import { identify, merge } from "./changeIdentity.ts"
import { findContact, listContacts } from "./contactStatements.ts"

/** A first message of the same user made a contact meanwhile: what is to be done is decided anew. */
const takenMeanwhile = (failure: { readonly _tag: string } | SqlFailure): boolean =>
  failure._tag === "SqlFailure" && "constraint" in failure && failure.constraint === "contact_user_key"

/** `Contacts` on SQL. */
export const ContactsSql: Layer.Layer<Contacts, never, Database> = Layer.effect(
  Contacts,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return Contacts.of({
      find: (workspaceId, contactId) =>
        query("contact.find", (db) => findContact(db, workspaceId, contactId)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        ),
      list: (contacts) => query("contact.list", (db) => listContacts(db, contacts)).pipe(onDatabase, Effect.orDie),
      identify: (request) =>
        identify(request).pipe(
          Effect.retry({ while: takenMeanwhile, times: 5 }),
          onDatabase,
          Effect.catchTag("SqlFailure", Effect.die)
        ),
      merge: (request) => merge(request).pipe(onDatabase, Effect.catchTag("SqlFailure", Effect.die))
    })
  })
)
