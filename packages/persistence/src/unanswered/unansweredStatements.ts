import type { UnansweredCursor, UnansweredQuestionId, WorkspaceId } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"

const columns = sql`
  'unq_' || id as id, question, language, count, first_asked_at as "firstAskedAt", last_asked_at as "lastAskedAt",
  last_agent_id as "lastAgentId", last_dialog_id as "lastDialogId", last_turn_id as "lastTurnId"`

const isOpen = (workspaceId: WorkspaceId, id: UnansweredQuestionId): RawBuilder<unknown> =>
  sql`workspace_id = ${workspaceId} and id = ${id.slice("unq_".length)}::bigint and status = 'open'`

export const listUnanswered = (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  limit: number,
  after: UnansweredCursor | null
) =>
  sql`
    select ${columns} from unanswered_question
    where workspace_id = ${workspaceId} and status = 'open'
      and (${after?.count ?? null}::integer is null
        or (count, id) < (${after?.count ?? null}::integer, ${after?.id ?? null}::bigint))
    order by unanswered_question.count desc, unanswered_question.id desc limit ${limit}`.execute(db)

export const findUnanswered = (db: Kysely<DB>, workspaceId: WorkspaceId, id: UnansweredQuestionId) =>
  sql`select ${columns} from unanswered_question where ${isOpen(workspaceId, id)}`.execute(db)

export const closeUnanswered = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: UnansweredQuestionId,
  as: "answered" | "dismissed"
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update unanswered_question set status = ${as} where ${isOpen(workspaceId, id)}`.execute(db)
  return numAffectedRows === 1n
}
