import {
  AgentId,
  ApiKeyId,
  BrandId,
  ContactId,
  DeliveryId,
  DialogId,
  DocumentId,
  KnowledgeBaseId,
  MemoryId,
  ReplayId,
  SourceId,
  TurnId,
  UnansweredQuestionId,
  UserId,
  WebhookEndpointId,
  WhitelabelUserId,
  WorkspaceId
} from "@butler/domain"
import { Schema } from "effect"
import { whole, wholeFromString } from "./numbers.ts"
import { pattern } from "./pattern.ts"
import { text } from "./text.ts"

/** Ids are kept as 64-bit integers, and the largest has 19 digits. */
const LARGEST = "9223372036854775807"

const snowflake = (description: string) =>
  Schema.String.annotate({ description, examples: ["51901704862228480"] }).check(
    Schema.makeFilter(
      (value: string) =>
        /^[1-9]\d{0,18}$/.test(value) && (value.length < LARGEST.length || value <= LARGEST)
          ? undefined
          : "must be a decimal id",
      { toJsonSchema: () => ({ pattern: "^[1-9]\\d{0,18}$" }) }
    )
  )

/** Ids as paths and queries carry them: refused in our words, then branded by the domain's rules. */
export const dialogId = text(1, 128, {
  description: "The id of a dialog.",
  examples: ["dlg_20260205103045_abc123"]
}).pipe(Schema.decodeTo(DialogId))
export const userId = text(1, 256, { description: "Your own id of a contact.", examples: ["user_987654321"] }).pipe(
  Schema.decodeTo(UserId)
)
export const contactId = snowflake("The id of a contact.").pipe(Schema.decodeTo(ContactId))
export const memoryId = snowflake("The id of a memory.").pipe(Schema.decodeTo(MemoryId))
export const turnId = snowflake("The id of a turn.").pipe(Schema.decodeTo(TurnId))
export const agentId = snowflake("The id of an agent.").pipe(Schema.decodeTo(AgentId))
export const brandId = snowflake("The id of a brand.").pipe(Schema.decodeTo(BrandId))
export const whitelabelUserId = snowflake("The id of a white-label user.").pipe(Schema.decodeTo(WhitelabelUserId))
export const apiKeyId = pattern(/^[a-z0-9]{16}$/, 16, "the id of an API key", {
  description: "The part of a key between `bk_` and the second `_`.",
  examples: ["k3v9x0q2m7b1c8d4"]
}).pipe(Schema.decodeTo(ApiKeyId))
export const documentId = pattern(
  /^doc_[A-Za-z0-9_]{1,60}$/,
  64,
  "the id of a document, such as doc_refund_policy_v1",
  {
    description: "The id of a document.",
    examples: ["doc_refund_policy_v1"]
  }
).pipe(Schema.decodeTo(DocumentId))
export const workspaceId = pattern(
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  36,
  "the id of a workspace, a UUID",
  {
    description: "The id of a workspace.",
    examples: ["3f2504e0-4f89-41d3-9a0c-0305e82c3301"]
  }
).pipe(Schema.decodeTo(WorkspaceId))
export const webhookEndpointId = pattern(/^wh_[1-9]\d{0,18}$/, 22, "the id of a webhook endpoint", {
  description: "The id of a webhook endpoint.",
  examples: ["wh_51901704862228480"]
}).pipe(Schema.decodeTo(WebhookEndpointId))
export const deliveryId = pattern(
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  36,
  "the id of a delivery, a UUID in lower case",
  { description: "The id of a delivery.", examples: ["03703d30-50f2-4103-bdb6-8aa331f36cc5"] }
).pipe(Schema.decodeTo(DeliveryId))
export const replayId = pattern(/^rp_[1-9]\d{0,18}$/, 22, "the id of a replay", {
  description: "The id of a replay.",
  examples: ["rp_51901704862228480"]
}).pipe(Schema.decodeTo(ReplayId))

const MOST_KNOWLEDGE_BASES = 32_767
const knowledgeBase = { description: "The number of a knowledge base; 1 is the default one.", examples: [1] }
export const knowledgeBaseId = whole(1, MOST_KNOWLEDGE_BASES)
  .annotate(knowledgeBase)
  .pipe(Schema.decodeTo(KnowledgeBaseId))
export const knowledgeBaseIdFromString = wholeFromString(1, MOST_KNOWLEDGE_BASES, knowledgeBase).pipe(
  Schema.decodeTo(KnowledgeBaseId)
)
export const sourceId = pattern(/^src_[1-9]\d{0,18}$/, 23, "the id of a source", {
  description: "The id of a source.",
  examples: ["src_51901704862228480"]
}).pipe(Schema.decodeTo(SourceId))
export const unansweredQuestionId = pattern(/^unq_[1-9]\d{0,18}$/, 23, "the id of an unanswered question", {
  description: "The id of an unanswered question.",
  examples: ["unq_51901704862228480"]
}).pipe(Schema.decodeTo(UnansweredQuestionId))
