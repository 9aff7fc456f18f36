import type {
  Attachment,
  Channel,
  ContactId,
  DialogId,
  LeaseTerms,
  RunnableTurn,
  TurnId,
  WorkspaceId
} from "@butler/domain"
import { type Kysely, sql } from "kysely"
import { type AgentRow, toAgent } from "../agent/agentRow.ts"
import type { DB } from "../database/tables.ts"
import { claimLanes } from "../lane/claimLanes.ts"

interface Row extends AgentRow {
  readonly workspace_id: WorkspaceId
  readonly id: TurnId
  readonly dialog_id: DialogId
  readonly seq: number
  readonly contact_id: ContactId
  readonly attempts: number
  readonly content: string
  readonly attachments: ReadonlyArray<Attachment>
  readonly channel: Channel
}

const toRunnable =
  (token: string) =>
  (row: Row): RunnableTurn => ({
    id: row.id,
    workspaceId: row.workspace_id,
    dialogId: row.dialog_id,
    contactId: row.contact_id,
    agent: toAgent(row),
    query: row.content,
    attachments: row.attachments,
    channel: row.channel,
    attempts: row.attempts,
    lease: { workspaceId: row.workspace_id, key: row.dialog_id, seq: row.seq, token }
  })

/** Leases due lanes and marks their heads running, in one statement. */
export const claim = async (db: Kysely<DB>, limit: number, terms: LeaseTerms): Promise<ReadonlyArray<RunnableTurn>> => {
  const { rows } = await sql<Row>`
    with recursive ${claimLanes({ kind: "turn", retrying: false }, limit, terms)},
    turn_now as (
      update turn t set status = 'running', attempts = c.attempts, started_at = coalesce(t.started_at, clock_timestamp())
      from claimed c
      where t.workspace_id = c.workspace_id and t.dialog_id = c.key and t.seq = c.seq
      returning t.workspace_id, t.id, t.dialog_id, t.seq, t.contact_id, t.agent_id, t.inbound_message_id, t.attempts,
                t.created_at
    )
    select t.workspace_id, t.id, t.dialog_id, t.seq, t.contact_id, t.agent_id, a.name as agent_name, a.settings as agent_settings,
           t.attempts, m.content, m.attachments, m.channel
    from turn_now t
    join message m on m.workspace_id = t.workspace_id and m.id = t.inbound_message_id
    join agent a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    order by t.created_at`.execute(db)
  return rows.map(toRunnable(terms.token))
}
