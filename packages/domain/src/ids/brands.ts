import { Schema } from "effect"

const snowflake = Schema.String.check(Schema.isPattern(/^[1-9]\d{0,18}$/))

/** UUID of the tenant every row belongs to. */
export const WorkspaceId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("WorkspaceId"))
export type WorkspaceId = typeof WorkspaceId.Type

/** Decimal snowflake, as every id without its own shape (contract 1.2). */
export const ContactId = snowflake.pipe(Schema.brand("ContactId"))
export type ContactId = typeof ContactId.Type

export const MessageId = snowflake.pipe(Schema.brand("MessageId"))
export type MessageId = typeof MessageId.Type

export const AgentId = snowflake.pipe(Schema.brand("AgentId"))
export type AgentId = typeof AgentId.Type

export const TurnId = snowflake.pipe(Schema.brand("TurnId"))
export type TurnId = typeof TurnId.Type

export const MemoryId = snowflake.pipe(Schema.brand("MemoryId"))
export type MemoryId = typeof MemoryId.Type

/** `dlg_yyyyMMddHHmmss_<base36>` when made here; a caller may bring its own (1–128 characters). */
export const DialogId = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(128)).pipe(
  Schema.brand("DialogId")
)
export type DialogId = typeof DialogId.Type

/** The caller's own id for a contact (1–256 characters). */
export const UserId = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(256)).pipe(Schema.brand("UserId"))
export type UserId = typeof UserId.Type

/** 24 characters, cuid2-like: channel, session and conversation ids (contract 1.2). */
export const Cuid = Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9]{23}$/)).pipe(Schema.brand("Cuid"))
export type Cuid = typeof Cuid.Type

export const DocumentId = Schema.String.check(Schema.isPattern(/^doc_[A-Za-z0-9_]{1,60}$/)).pipe(
  Schema.brand("DocumentId")
)
export type DocumentId = typeof DocumentId.Type

/** Numbers the knowledge bases of one workspace; 1 is the one that every workspace has. */
export const KnowledgeBaseId = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 32_767 })).pipe(
  Schema.brand("KnowledgeBaseId")
)
export type KnowledgeBaseId = typeof KnowledgeBaseId.Type

export const SourceId = Schema.String.check(Schema.isPattern(/^src_[1-9]\d{0,18}$/)).pipe(Schema.brand("SourceId"))
export type SourceId = typeof SourceId.Type

export const ChunkId = Schema.String.check(Schema.isPattern(/^chunk_[A-Za-z0-9_]{1,60}$/)).pipe(Schema.brand("ChunkId"))
export type ChunkId = typeof ChunkId.Type
