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

/** What is known of the contact; a detail that is not named stays. */
export const changeChatUser = (db: Kysely<DB>, { threadId, workspaceId }: ThreadPlace, change: ChatUserChange) =>
  sql`
    update contact c set details = c.details || ${json(detailsOf(change))}
    from dialog d
    where d.workspace_id = ${workspaceId}::uuid and d.id = ${threadId}
      and c.workspace_id = d.workspace_id and c.id = d.contact_id`.execute(db)

/** What is not named stays. */
export const storeThread = (db: Kysely<DB>, { threadId, workspaceId }: ThreadPlace, change: ThreadChange) => {
  const { escalated = null, webhookToken, webhookUrl } = change
  return sql`
    insert into thread as t (workspace_id, dialog_id, webhook_url, webhook_token, escalated_at)
    values (${workspaceId}::uuid, ${threadId}, ${webhookUrl ?? null}::text, ${webhookToken ?? null}::text,
            case when ${escalated}::boolean then now() end)
    on conflict on constraint thread_pkey do update set
      webhook_url = case when ${webhookUrl === undefined}::boolean then t.webhook_url else excluded.webhook_url end,
      webhook_token = case when ${webhookToken === undefined}::boolean then t.webhook_token else excluded.webhook_token end,
      escalated_at = case
        when ${escalated}::boolean is null then t.escalated_at
        when ${escalated}::boolean then coalesce(t.escalated_at, now())
      end`.execute(db)
}

/** No row when there is no such message. */
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
      and (${threadId}::text is null or d.id = ${threadId}::text)
    returning m.id`.execute(db)
  return rows.length > 0
}
