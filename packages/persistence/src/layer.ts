import { Layer } from "effect"
import { AgentsSql } from "./agent/AgentsSql.ts"
import { ChatbotsSql } from "./chatbot/ChatbotsSql.ts"
import { ChatbotIconsSql } from "./chatbot/ChatbotIconsSql.ts"
import { ThreadsSql } from "./chatbot/ThreadsSql.ts"
import { ContactsSql } from "./contact/ContactsSql.ts"
import { DialogsSql } from "./dialog/DialogsSql.ts"
import { ErasuresSql } from "./erasure/ErasuresSql.ts"
import { HandoversSql } from "./dialog/HandoversSql.ts"
import { IngestionSql } from "./ingestion/IngestionSql.ts"
import { KnowledgeSourcesSql } from "./ingestion/KnowledgeSourcesSql.ts"
import { IdsSql } from "./ids/IdsSql.ts"
import { KnowledgeBasesSql } from "./knowledge/KnowledgeBasesSql.ts"
import { KnowledgeSql } from "./knowledge/KnowledgeSql.ts"
import { MessagesSql } from "./message/MessagesSql.ts"
import { MemoriesSql } from "./recall/MemoriesSql.ts"
import { TaskProgressesSql } from "./task/TaskProgressesSql.ts"
import { ModelUsesSql } from "./model/ModelUsesSql.ts"
import { IdentitySecretsSql } from "./tool/IdentitySecretsSql.ts"
import { TurnBackgroundsSql } from "./turn/TurnBackgroundsSql.ts"
import { TurnCheckpointsSql } from "./tool/TurnCheckpointsSql.ts"
import { TurnProgressLogSql } from "./turn/TurnProgressLogSql.ts"
import { TurnsSql } from "./turn/TurnsSql.ts"
import { UnansweredQuestionsSql } from "./unanswered/UnansweredQuestionsSql.ts"
import { ChunkVectorsSql } from "./vector/ChunkVectorsSql.ts"
import { WebhooksSql } from "./webhook/layer.ts"
import { BrandsSql } from "./whitelabel/BrandsSql.ts"
import { EntitlementsSql } from "./whitelabel/EntitlementsSql.ts"
import { WhitelabelUsersSql } from "./whitelabel/WhitelabelUsersSql.ts"
import { AccessTokensSql } from "./workspace/AccessTokensSql.ts"
import { RatePermitsSql } from "./workspace/RatePermitsSql.ts"
import { ApiKeysSql } from "./workspace/ApiKeysSql.ts"
import { WorkspacesSql } from "./workspace/WorkspacesSql.ts"

/** Every port of the domain on a migrated `Database`. */
export const PersistenceLayer = Layer.mergeAll(
  TurnsSql,
  TurnProgressLogSql,
  TurnBackgroundsSql,
  TurnCheckpointsSql,
  IdentitySecretsSql,
  DialogsSql,
  ContactsSql,
  ErasuresSql,
  MessagesSql,
  HandoversSql,
  TaskProgressesSql,
  MemoriesSql,
  KnowledgeSql,
  KnowledgeBasesSql,
  ChunkVectorsSql,
  KnowledgeSourcesSql,
  UnansweredQuestionsSql,
  Layer.provide(IngestionSql, IdsSql),
  AgentsSql,
  ApiKeysSql,
  RatePermitsSql,
  AccessTokensSql,
  ModelUsesSql,
  WorkspacesSql,
  IdsSql,
  WebhooksSql,
  Layer.provide(ThreadsSql, IdsSql),
  ChatbotIconsSql,
  BrandsSql,
  WhitelabelUsersSql,
  EntitlementsSql
).pipe((stores) => Layer.provideMerge(ChatbotsSql, stores))
