import { Schema } from "effect"

/** A chunk as logs and searches show it (contract section 2, `kb[]`); `created_at` in seconds, `score` 0..1. */
export const LoggedChunk = Schema.Struct({
  chunk_id: Schema.String,
  content: Schema.String,
  created_at: Schema.Finite,
  document_id: Schema.String,
  document_name: Schema.String,
  enabled: Schema.Boolean,
  lang: Schema.String,
  score: Schema.Finite,
  source: Schema.String
})
export type LoggedChunk = typeof LoggedChunk.Type

export const LogEntity = Schema.Struct({ name: Schema.String, values: Schema.Array(Schema.String) })
export type LogEntity = typeof LogEntity.Type

const timestamp = Schema.Finite

/** The language of the query was judged. */
export const LanguageLog = Schema.Struct({
  type: Schema.Literal("language"),
  message: Schema.String,
  status: Schema.Literals(["certain", "uncertain"]),
  timestamp
})

/** Memories of the contact were brought up. */
export const RecallLog = Schema.Struct({ type: Schema.Literal("recall"), message: Schema.String, timestamp })

/** An intent was chosen. */
export const TaskLog = Schema.Struct({ type: Schema.Literal("task"), name: Schema.String, timestamp })

/** The knowledge base was searched. */
export const KnowledgeLog = Schema.Struct({
  type: Schema.Literal("knowledge"),
  kb: Schema.Array(LoggedChunk),
  timestamp
})

/** The answer is grounded on these chunks. */
export const KnowledgeHitLog = Schema.Struct({
  type: Schema.Literal("knowledge_hit"),
  name: Schema.String,
  message: Schema.String,
  status: Schema.String,
  kb: Schema.Array(LoggedChunk),
  entity: LogEntity,
  timestamp
})

/** A tool was called: one line at its start, one with `status` at its end; `costTime` in milliseconds. */
export const ToolLog = Schema.Struct({
  type: Schema.Literal("tool"),
  name: Schema.String,
  costTime: Schema.Finite,
  status: Schema.optionalKey(Schema.Literals(["success", "failed"])),
  timestamp
})

/** A built-in tool ran. */
export const InternalToolLog = Schema.Struct({ type: Schema.Literal("internalTool"), entity: LogEntity, timestamp })

/** A special task ran: collecting details, handing over. */
export const SystemTaskLog = Schema.Struct({
  type: Schema.Literal("systemTask"),
  name: Schema.String,
  message: Schema.String,
  timestamp
})

/**
 * One line of what the agent did, in the single vocabulary of reply, callback, event and stream (contract section 2).
 * `timestamp` is in milliseconds. Keys that a type does not use are absent, never null.
 */
export const AgentLog = Schema.Union([
  LanguageLog,
  RecallLog,
  TaskLog,
  KnowledgeLog,
  KnowledgeHitLog,
  ToolLog,
  InternalToolLog,
  SystemTaskLog
])
export type AgentLog = typeof AgentLog.Type
