import type { DialogId, PageQuery, ThreadSummary, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { type Kysely, sql } from "kysely"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { lastMessages } from "./threadMessages.ts"
import { type Chatbot, markThreads, newestThreads, STRIDE, threadExtent, threadsRanked } from "./threadMarks.ts"
import { threadColumns, threadJoins, type ThreadRow, toThread } from "./threadRow.ts"

interface SummaryRow extends ThreadRow {
  readonly messages: number
  readonly answers: number
  readonly positive: number
  readonly negative: number
}

/** In no order. Counts exchanges: an answer stands with its question. */
const summaries = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  threadIds: ReadonlyArray<DialogId>
): Promise<ReadonlyArray<SummaryRow>> => {
  const { rows } = await sql<SummaryRow>`
    select ${threadColumns}, s.*
    from dialog d
    ${threadJoins}
    cross join lateral (
      select (count(*) filter (where m.turn_id is null or m.sender_type = 'contact'))::integer as messages,
             (count(distinct m.turn_id) filter (where m.sender_type = 'agent'))::integer as answers,
             (count(*) filter (where m.extra ->> 'reaction' = 'POSITIVE'))::integer as positive,
             (count(*) filter (where m.extra ->> 'reaction' = 'NEGATIVE'))::integer as negative
      from message m
      where m.workspace_id = d.workspace_id and m.dialog_id = d.id
    ) s
    where d.workspace_id = ${workspaceId}::uuid and d.id = any(${threadIds}::text[])`.execute(db)
  return rows
}

/** A page further back than this is found by its rank from the oldest. */
const NEAR = STRIDE

/** The ids of a page, newest first. */
const idsOf = Effect.fnUntraced(function* (chatbot: Chatbot, { limit, offset }: PageQuery) {
  if (offset < NEAR) return yield* query("thread.newest", (db) => newestThreads(db, chatbot, offset, limit))
  const { total, unmarked } = yield* query("thread.extent", (db) => threadExtent(db, chatbot))
  if (unmarked >= STRIDE) yield* query("thread.mark", (db) => markThreads(db, chatbot))
  const last = total - offset
  if (last < 1) return []
  const ids = yield* query("thread.ranked", (db) => threadsRanked(db, chatbot, Math.max(1, last - limit + 1), last))
  return ids.toReversed()
})

/**
 * A page of a chatbot's threads, newest first. Any page costs about the same: at most a thousand threads are stepped over from
 * the mark nearest to it.
 */
export const listThreads = Effect.fnUntraced(function* (chatbot: Chatbot, page: PageQuery) {
  const { workspaceId } = chatbot
  const ids = yield* idsOf(chatbot, page)
  if (ids.length === 0) return []
  const rows = yield* query("thread.summaries", (db) => summaries(db, workspaceId, ids))
  const last = yield* query("thread.last", (db) => lastMessages(db, workspaceId, ids))
  const threads = new Map(
    rows.map((row): [DialogId, ThreadSummary] => {
      const { answers, messages, negative, positive } = row
      const lastMessage = last.get(row.id) ?? null
      return [row.id, { ...toThread(row), messages, answers, positive, negative, lastMessage }]
    })
  )
  return ids.flatMap((id) => threads.get(id) ?? [])
})
