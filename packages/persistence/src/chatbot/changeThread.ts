import {
  type ChatUserChange,
  detailsOf,
  type MessageExtra,
  type MessageId,
  type Thread,
  type ThreadChange,
  type ThreadPlace
} from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { owedLead } from "./owedLead.ts"
import { threadColumns, threadJoins, type ThreadRow, toThread } from "./threadRow.ts"

export const findThread = async (
  db: Kysely<DB>,
  { chatbotId, threadId, workspaceId }: ThreadPlace
): Promise<Thread | undefined> => {
  const { rows } = await sql<ThreadRow>`
    select ${threadColumns}
    from dialog d
    ${threadJoins}
    where d.workspace_id = ${workspaceId}::uuid and d.id = ${threadId} and d.agent_id = ${chatbotId}::bigint`.execute(
    db
  )
  return rows.map(toThread)[0]
}

/** What is known of the contact; a detail that is not named stays. True when there is something to send. */
export const changeChatUser = async (
  db: Kysely<DB>,
  { threadId, workspaceId }: ThreadPlace,
  change: ChatUserChange
): Promise<boolean> => {
  const { rows } = await sql<{ readonly owes: boolean }>`
    with visited as (
      select id, agent_id, contact_id, conversation_id, message_count from dialog
      where workspace_id = ${workspaceId}::uuid and id = ${threadId}
    ),
    visitor as (
      update contact c set details = c.details || ${json(detailsOf(change))}
      from visited d, contact before
      where c.workspace_id = ${workspaceId}::uuid and c.id = d.contact_id
        and before.workspace_id = ${workspaceId}::uuid and before.id = d.contact_id
      returning c.id, c.details, before.details as was, c.created_at
    ),
    ${owedLead(workspaceId)}
    select exists (select from owed_now) as owes`.execute(db)
  return rows[0]?.owes === true
}

/** What is not named stays; a token is encrypted already. */
export const storeThread = (
  db: Kysely<DB>,
  { threadId, workspaceId }: ThreadPlace,
  { webhookToken, webhookUrl }: Pick<ThreadChange, "webhookToken" | "webhookUrl">
) =>
  sql`
    insert into thread as t (workspace_id, dialog_id, webhook_url, webhook_token)
    values (${workspaceId}::uuid, ${threadId}, ${webhookUrl ?? null}::text, ${webhookToken ?? null}::text)
    on conflict on constraint thread_pkey do update set
      webhook_url = case when ${webhookUrl === undefined}::boolean then t.webhook_url else excluded.webhook_url end,
      webhook_token = case when ${webhookToken === undefined}::boolean then t.webhook_token else excluded.webhook_token end`.execute(
    db
  )

/** False when there is no such message: an answer is annotated with its question, which the two are shown by. */
export const annotateMessage = async (
  db: Kysely<DB>,
  {
    chatbotId,
    messageId,
    threadId,
    workspaceId
  }: Omit<ThreadPlace, "threadId"> & {
    readonly threadId: ThreadPlace["threadId"] | null
    readonly messageId: MessageId
  },
  extra: MessageExtra
): Promise<boolean> => {
  const { rows } = await sql`
    update message m set extra = coalesce(m.extra, '{}') || ${json(extra)}
    from dialog d
    where m.workspace_id = ${workspaceId}::uuid and m.id = ${messageId}::bigint
      and d.workspace_id = m.workspace_id and d.id = m.dialog_id and d.agent_id = ${chatbotId}::bigint
      and (m.turn_id is null or m.sender_type = 'contact')
      and (${threadId}::text is null or d.id = ${threadId}::text)
    returning m.id`.execute(db)
  return rows.length > 0
}
