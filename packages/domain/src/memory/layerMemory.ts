import { Layer } from "effect"
import { AccessTokensMemory } from "./AccessTokensMemory.ts"
import { AgentsMemory } from "./AgentsMemory.ts"
import { ApiKeysMemory } from "./ApiKeysMemory.ts"
import { BrandsMemory } from "./BrandsMemory.ts"
import { ChatbotsMemory } from "./ChatbotsMemory.ts"
import { ContactsMemory } from "./ContactsMemory.ts"
import { DialogsMemory } from "./DialogsMemory.ts"
import { EntitlementsMemory } from "./EntitlementsMemory.ts"
import { ErasuresMemory } from "./ErasuresMemory.ts"
import { HandoversMemory } from "./HandoversMemory.ts"
import { MemoriesMemory } from "./MemoriesMemory.ts"
import { IdentitySecretsMemory } from "./IdentitySecretsMemory.ts"
import { IdsMemory } from "./IdsMemory.ts"
import { MemoryStore } from "./MemoryStore.ts"
import { ModelUsesMemory } from "./ModelUsesMemory.ts"
import { MessagesMemory } from "./MessagesMemory.ts"
import { RatePermitsMemory } from "./RatePermitsMemory.ts"
import { TaskProgressesMemory } from "./TaskProgressesMemory.ts"
import { ThreadsMemory } from "./ThreadsMemory.ts"
import { TurnBackgroundsMemory } from "./TurnBackgroundsMemory.ts"
import { TurnCheckpointsMemory } from "./TurnCheckpointsMemory.ts"
import { TurnProgressLogMemory } from "./TurnProgressLogMemory.ts"
import { TurnsMemory } from "./TurnsMemory.ts"
import { UnansweredQuestionsMemory } from "./UnansweredQuestionsMemory.ts"
import { WhitelabelUsersMemory } from "./WhitelabelUsersMemory.ts"
import { WorkspacesMemory } from "./WorkspacesMemory.ts"

/**
 * `Turns`, `TurnProgressLog`, `TurnCheckpoints`, `TurnBackgrounds`, `IdentitySecrets`, `Dialogs`, `Contacts`, `Erasures`, `Messages`, `Handovers`, `TaskProgresses`, `Memories`, `Agents`, `Chatbots`, `Threads`, `ApiKeys`,
 * `AccessTokens`, `ModelUses`, `Workspaces`, `Brands`, `WhitelabelUsers` and `Entitlements` over one state in memory, and `Ids`: for tests and trials. The ports behave as on a database (the same contract
 * suites hold them to it) but forget everything with the layer. Due times come from Effect's clock, so a test clock moves
 * leases.
 */
export const layerMemory = Layer.mergeAll(
  TurnsMemory,
  TurnProgressLogMemory,
  TurnCheckpointsMemory,
  IdentitySecretsMemory,
  DialogsMemory,
  ContactsMemory,
  ErasuresMemory,
  MessagesMemory,
  HandoversMemory,
  TaskProgressesMemory,
  MemoriesMemory,
  AgentsMemory,
  ApiKeysMemory,
  RatePermitsMemory,
  AccessTokensMemory,
  ModelUsesMemory,
  WorkspacesMemory,
  UnansweredQuestionsMemory,
  ThreadsMemory,
  BrandsMemory,
  WhitelabelUsersMemory,
  EntitlementsMemory
).pipe(
  (stores) => Layer.provideMerge(Layer.merge(ChatbotsMemory, TurnBackgroundsMemory), stores),
  Layer.provide(MemoryStore.layer),
  Layer.merge(IdsMemory)
)
