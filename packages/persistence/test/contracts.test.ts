import {
  accessTokensContract,
  agentsContract,
  ratePermitsContract,
  apiKeysContract,
  brandsContract,
  chatbotIconsContract,
  chatbotsContract,
  contactsContract,
  dialogsContract,
  entitlementsContract,
  erasuresContract,
  handoversContract,
  identitySecretsContract,
  ingestionContract,
  knowledgeBasesContract,
  knowledgeSourcesContract,
  memoriesContract,
  messagesContract,
  threadsContract,
  modelUsesContract,
  turnBackgroundsContract,
  turnCheckpointsContract,
  turnsContract,
  unansweredQuestionsContract,
  whitelabelUsersContract,
  workspacesContract
} from "@butler/domain/testing"
import type { SourceId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { PersistenceLayer, query } from "../src/index.ts"
import { engines } from "../src/testing/index.ts"

/** As if a source's lane had been made due or leased so much earlier. */
const elapse = (id: SourceId, millis: number) =>
  query("test.elapse", (db) =>
    sql`
      update lane set next_at = next_at - ${millis}::double precision * interval '1 millisecond'
      where kind = 'ingestion' and key = ${id}`.execute(db)
  ).pipe(Effect.orDie, Effect.asVoid)

for (const [name, database] of engines) {
  const store = PersistenceLayer.pipe(Layer.provideMerge(database))
  turnsContract(name, store)
  identitySecretsContract(name, store)
  turnBackgroundsContract(name, store)
  turnCheckpointsContract(name, store)
  dialogsContract(name, store)
  contactsContract(name, store)
  erasuresContract(name, store)
  handoversContract(name, store)
  memoriesContract(name, store)
  messagesContract(name, store)
  modelUsesContract(name, store)
  knowledgeBasesContract(name, store)
  agentsContract(name, store)
  ratePermitsContract(name, store)
  chatbotsContract(name, store)
  chatbotIconsContract(name, store)
  threadsContract(name, store)
  accessTokensContract(name, store)
  apiKeysContract(name, store)
  workspacesContract(name, store)
  unansweredQuestionsContract(name, store)
  brandsContract(name, store)
  whitelabelUsersContract(name, store)
  entitlementsContract(name, store)
  knowledgeSourcesContract(name, store, elapse)
  ingestionContract(name, store, elapse)
}
