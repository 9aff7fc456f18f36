import type { ProblemCode } from "@butler/contracts"
import type {
  AgentNotFound,
  ApiKeyNotFound,
  ContactConflict,
  ContactNotFound,
  DeliveryNotFound,
  DialogNotFound,
  DocumentNotFound,
  KnowledgeBaseIsDefault,
  KnowledgeBaseNotFound,
  ReplayNotFound,
  SourceNotFound,
  TooManyEndpoints,
  TooManyKnowledgeBases,
  TurnNotFound,
  WebhookEndpointDisabled,
  WebhookEndpointNotFound
} from "@butler/domain"
import { Schema } from "effect"
import { refuse, refuseInput, Refused } from "../http/Refused.ts"

type DomainFailure =
  | AgentNotFound
  | ApiKeyNotFound
  | ContactConflict
  | ContactNotFound
  | DeliveryNotFound
  | DialogNotFound
  | DocumentNotFound
  | KnowledgeBaseIsDefault
  | KnowledgeBaseNotFound
  | ReplayNotFound
  | SourceNotFound
  | TooManyEndpoints
  | TooManyKnowledgeBases
  | TurnNotFound
  | WebhookEndpointDisabled
  | WebhookEndpointNotFound

/** What can go wrong on this face. */
export type V1Failure = DomainFailure | Refused | Schema.SchemaError

const codeOf: Record<DomainFailure["_tag"], ProblemCode> = {
  AgentNotFound: "agent_not_found",
  ApiKeyNotFound: "api_key_not_found",
  ContactConflict: "contact_conflict",
  ContactNotFound: "contact_not_found",
  DeliveryNotFound: "delivery_not_found",
  DialogNotFound: "dialog_not_found",
  DocumentNotFound: "document_not_found",
  KnowledgeBaseIsDefault: "default_knowledge_base",
  KnowledgeBaseNotFound: "knowledge_base_not_found",
  ReplayNotFound: "replay_not_found",
  SourceNotFound: "source_not_found",
  TooManyEndpoints: "too_many_webhook_endpoints",
  TooManyKnowledgeBases: "too_many_knowledge_bases",
  TurnNotFound: "turn_not_found",
  WebhookEndpointDisabled: "webhook_endpoint_disabled",
  WebhookEndpointNotFound: "webhook_endpoint_not_found"
}

/** Every failure of this face as the refusal it is answered with. */
export const v1Refusal = (failure: V1Failure): Refused => {
  if (failure instanceof Refused) return failure
  if (failure instanceof Schema.SchemaError) return refuseInput(failure)
  // Which of the rules it was cannot be told from the code.
  const detail = failure._tag === "ContactConflict" ? failure.message : undefined
  return refuse(codeOf[failure._tag], detail)
}
