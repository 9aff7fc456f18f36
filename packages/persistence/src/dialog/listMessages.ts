import type { Message, MessageQuery } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { type MessageRow, toMessage } from "./messageRow.ts"

const later = { asc: sql`>`, desc: sql`<` }
const direction = { asc: sql`asc`, desc: sql`desc` }

/** By sequence, from behind the cursor. An agent's message shows the logs of its turn. */
export const listMessages = async (db: Kysely<DB>, query: MessageQuery): Promise<ReadonlyArray<Message>> => {
  const { after, dialogId, limit, order, workspaceId } = query
  const { rows } = await sql<MessageRow>`
    select m.id, m.dialog_id, m.seq, m.turn_id, m.sender_type, m.sender_id, m.content_type, m.content, m.url,
           m.attachments, m.channel, t.agent_logs, m.created_at
    from message m
    left join turn t on t.workspace_id = m.workspace_id and t.id = m.turn_id and m.sender_type = 'agent'
    where m.workspace_id = ${workspaceId}::uuid and m.dialog_id = ${dialogId}
      ${after === null ? sql`` : sql`and m.seq ${later[order]} ${after}::integer`}
    order by m.seq ${direction[order]}
    limit ${limit}::integer`.execute(db)
  return rows.map(toMessage)
}
