import type { ProblemCode } from "@butler/contracts"
import type {
  AgentInUse,
  AgentNotFound,
  AgentVersionNotFound,
  ApiKeyNotFound,
  BrandInUse,
  BrandNotFound,
  ChatbotLimitReached,
  ContactConflict,
  ContactNotFound,
  DeliveryNotFound,
  DialogBusy,
  DialogContactMismatch,
  DialogNotFound,
  DocumentNotFound,
  FilesLimitReached,
  IdempotencyMismatch,
  KnowledgeBaseIsDefault,
  KnowledgeBaseNotFound,
  LinksLimitReached,
  MemoryNotFound,
  MessagesLimitReached,
  ReplayNotFound,
  SourceNotFound,
  TooManyEndpoints,
  TooManyKnowledgeBases,
  TurnNotFound,
  UnansweredQuestionNotFound,
  WebhookEndpointDisabled,
  WebhookEndpointNotFound,
  WebhookEndpointOfChatbot
} from "@butler/domain"
import { Schema } from "effect"
import { refuse, refuseInput, Refused } from "../http/Refused.ts"

type DomainFailure =
  | AgentInUse
  | AgentNotFound
  | AgentVersionNotFound
  | ApiKeyNotFound
  | BrandInUse
  | BrandNotFound
  | ChatbotLimitReached
  | ContactConflict
  | ContactNotFound
  | DeliveryNotFound
  | DialogBusy
  | DialogContactMismatch
  | DialogNotFound
  | DocumentNotFound
  | FilesLimitReached
  | IdempotencyMismatch
  | KnowledgeBaseIsDefault
  | KnowledgeBaseNotFound
  | LinksLimitReached
  | MemoryNotFound
  | MessagesLimitReached
  | ReplayNotFound
  | SourceNotFound
  | TooManyEndpoints
  | TooManyKnowledgeBases
  | TurnNotFound
  | UnansweredQuestionNotFound
  | WebhookEndpointDisabled
  | WebhookEndpointNotFound
  | WebhookEndpointOfChatbot

/** What can go wrong on this face. */
export type V1Failure = DomainFailure | Refused | Schema.SchemaError

const codeOf: Record<DomainFailure["_tag"], ProblemCode> = {
  AgentInUse: "agent_in_use",
  AgentNotFound: "agent_not_found",
  AgentVersionNotFound: "agent_version_not_found",
  ApiKeyNotFound: "api_key_not_found",
  BrandInUse: "brand_in_use",
  BrandNotFound: "brand_not_found",
  ChatbotLimitReached: "chatbot_limit_reached",
  ContactConflict: "contact_conflict",
  ContactNotFound: "contact_not_found",
  DeliveryNotFound: "delivery_not_found",
  // No turn of this face asks to be refused when the dialog is busy, or carries a key.
  DialogBusy: "internal",
  DialogContactMismatch: "dialog_contact_mismatch",
  DialogNotFound: "dialog_not_found",
  DocumentNotFound: "document_not_found",
  FilesLimitReached: "files_limit_reached",
  IdempotencyMismatch: "internal",
  KnowledgeBaseIsDefault: "default_knowledge_base",
  KnowledgeBaseNotFound: "knowledge_base_not_found",
  LinksLimitReached: "links_limit_reached",
  MemoryNotFound: "memory_not_found",
  MessagesLimitReached: "messages_limit_reached",
  ReplayNotFound: "replay_not_found",
  SourceNotFound: "source_not_found",
  TooManyEndpoints: "too_many_webhook_endpoints",
  TooManyKnowledgeBases: "too_many_knowledge_bases",
  TurnNotFound: "turn_not_found",
  UnansweredQuestionNotFound: "unanswered_question_not_found",
  WebhookEndpointDisabled: "webhook_endpoint_disabled",
  WebhookEndpointNotFound: "webhook_endpoint_not_found",
  WebhookEndpointOfChatbot: "webhook_endpoint_of_chatbot"
}

/** Which of the rules it was cannot be told from the code. */
const WITH_REASON: ReadonlySet<DomainFailure["_tag"]> = new Set([
  "AgentInUse",
  "ChatbotLimitReached",
  "ContactConflict",
  "FilesLimitReached",
  "LinksLimitReached",
  "MessagesLimitReached"
])

/** Every failure of this face as the refusal it is answered with. */
export const v1Refusal = (failure: V1Failure): Refused => {
  if (failure instanceof Refused) return failure
  if (failure instanceof Schema.SchemaError) return refuseInput(failure)
  const detail = WITH_REASON.has(failure._tag) ? failure.message : undefined
  return refuse(codeOf[failure._tag], detail)
}
