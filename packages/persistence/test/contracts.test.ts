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
  knowledgeBasesContract,
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
import { Layer } from "effect"
import { PersistenceLayer } from "../src/index.ts"
import { engines } from "../src/testing/index.ts"

for (const [name, database] of engines) {
  const store = PersistenceLayer.pipe(Layer.provide(database))
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
}
