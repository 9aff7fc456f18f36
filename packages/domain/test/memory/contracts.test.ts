import { ChatbotIcons, KnowledgeMemory, layerMemory, type SourceId } from "@butler/domain"
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
import { Layer } from "effect"
import { TestClock } from "effect/testing"

turnsContract("memory", layerMemory)
identitySecretsContract("memory", layerMemory)
turnBackgroundsContract("memory", layerMemory)
turnCheckpointsContract("memory", layerMemory)
dialogsContract("memory", layerMemory)
contactsContract("memory", layerMemory)
erasuresContract("memory", layerMemory)
handoversContract("memory", layerMemory)
memoriesContract("memory", layerMemory)
messagesContract("memory", layerMemory)
modelUsesContract("memory", layerMemory)
accessTokensContract("memory", layerMemory)
apiKeysContract("memory", layerMemory)
workspacesContract("memory", layerMemory)
agentsContract("memory", layerMemory)
ratePermitsContract("memory", layerMemory)
chatbotsContract("memory", layerMemory)
chatbotIconsContract("memory", Layer.provideMerge(ChatbotIcons.layerMemory, layerMemory))
threadsContract("memory", layerMemory)
unansweredQuestionsContract("memory", layerMemory)
brandsContract("memory", layerMemory)
whitelabelUsersContract("memory", layerMemory)
entitlementsContract("memory", layerMemory)

const sources = Layer.mergeAll(layerMemory, KnowledgeMemory, TestClock.layer())
const elapse = (_id: SourceId, millis: number) => TestClock.adjust(millis)
knowledgeSourcesContract("memory", sources, elapse)
ingestionContract("memory", sources, elapse)
