import { keptQuestion, normaliseQuestion, type RunnableTurn } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** Counts the question of a turn once; a turn that asks two counts the first. */
export const recordUnanswered = async (
  db: Kysely<DB>,
  { agent, dialogId, id, workspaceId }: Pick<RunnableTurn, "agent" | "dialogId" | "id" | "workspaceId">,
  { language, question }: { readonly question: string; readonly language: string }
): Promise<void> => {
  const normalised = normaliseQuestion(question)
  if (normalised === "") return
  await sql`
    insert into unanswered_question as known
      (workspace_id, id, fingerprint, question, language, last_agent_id, last_dialog_id, last_turn_id)
    select ${workspaceId}::uuid, ${id}::bigint, sha256(convert_to(${normalised}, 'UTF8')), ${keptQuestion(question)},
      ${language}, ${agent.id}::bigint, ${dialogId}, ${id}::bigint
    where not exists (
      select from unanswered_question where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint
    )
    on conflict on constraint unanswered_question_fingerprint_key do update set
      question = excluded.question, language = excluded.language, count = known.count + 1,
      status = case when known.status = 'dismissed' then known.status else 'open' end,
      last_asked_at = excluded.last_asked_at, last_agent_id = excluded.last_agent_id,
      last_dialog_id = excluded.last_dialog_id, last_turn_id = excluded.last_turn_id
    where known.last_turn_id <> excluded.last_turn_id`.execute(db)
}
