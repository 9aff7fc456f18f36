import {
  type Attachment,
  type Channel,
  type ContactId,
  type DialogId,
  type Lease,
  type LeaseTerms,
  type ModelBudget,
  type RunnableTurn,
  type TurnId,
  withoutFunctions,
  type WorkspaceId
} from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { AgentCodec } from "../agent/agentCodec.ts"
import { type AgentRow, answeringColumns, answeringVersion } from "../agent/agentRow.ts"
import type { DB } from "../database/tables.ts"
import { claimLanes } from "../lane/claimLanes.ts"

interface Lane {
  readonly workspace_id: WorkspaceId
  readonly dialog_id: DialogId
  readonly seq: number
}

interface Row extends Lane, AgentRow {
  readonly id: TurnId
  readonly contact_id: ContactId
  readonly attempts: number
  readonly content: string
  readonly attachments: ReadonlyArray<Attachment>
  readonly channel: Channel
  readonly model_budget: ModelBudget | null
  readonly functions: boolean
}

const toTurn =
  (token: string, toAgent: AgentCodec["toAgent"]) =>
  (row: Row): RunnableTurn => {
    const agent = toAgent(row.workspace_id, row)
    return {
      agent: row.functions ? agent : withoutFunctions(agent),
      id: row.id,
      workspaceId: row.workspace_id,
      dialogId: row.dialog_id,
      contactId: row.contact_id,
      query: row.content,
      attachments: row.attachments,
      channel: row.channel,
      workspaceBudget: row.model_budget,
      attempts: row.attempts,
      lease: { workspaceId: row.workspace_id, key: row.dialog_id, seq: row.seq, token }
    }
  }

const isRunnable = (row: Row | (Lane & { readonly id: null })): row is Row => row.id !== null

export interface Claim {
  readonly turns: ReadonlyArray<RunnableTurn>
  /** Lanes whose head has ended while it waited: leased, and to be moved on. */
  readonly passed: ReadonlyArray<Lease>
}

/** Leases due lanes and marks their heads running, in one statement. */
export const claim = async (
  db: Kysely<DB>,
  { toAgent }: Pick<AgentCodec, "toAgent">,
  limit: number,
  terms: LeaseTerms
): Promise<Claim> => {
  const { rows } = await sql<Row | (Lane & { readonly id: null })>`
    with recursive ${claimLanes({ kind: "turn", retrying: false }, limit, terms)},
    turn_now as (
      update turn t set
        status = 'running', attempts = c.attempts, started_at = coalesce(t.started_at, clock_timestamp()),
        agent_version = ${answeringVersion(sql`t.agent_version < 0`)}
      from claimed c, agent a
      where t.workspace_id = c.workspace_id and t.dialog_id = c.key and t.seq = c.seq
        and t.status in ('queued', 'running')
        and a.workspace_id = t.workspace_id and a.id = t.agent_id
      returning t.workspace_id, t.id, t.dialog_id, t.contact_id, t.inbound_message_id, t.attempts, t.created_at,
                ${answeringColumns(sql`t.agent_version`)}
    )
    select c.workspace_id, c.key as dialog_id, c.seq, t.id, t.contact_id, t.agent_id, t.agent_name, t.agent_version,
           t.agent_settings, t.attempts, asked.content, asked.attachments, m.channel, w.model_budget,
           coalesce((e.features ->> 'functions')::boolean, true) as functions
    from claimed c
    left join turn_now t on t.workspace_id = c.workspace_id and t.dialog_id = c.key
    left join message m on m.workspace_id = t.workspace_id and m.id = t.inbound_message_id
    left join workspace w on w.workspace_id = t.workspace_id
    left join entitlement e on e.workspace_id = t.workspace_id
    left join lateral (
      select string_agg(q.content, E'\\n' order by q.seq) as content,
             jsonb_path_query_array(jsonb_agg(q.attachments order by q.seq), '$[*][*]') as attachments
      from turn o
      join message q on q.workspace_id = o.workspace_id and q.id = o.inbound_message_id
      where o.workspace_id = t.workspace_id and (o.id = t.id or o.answered_by = t.id)
    ) asked on true
    order by t.created_at`.execute(db)
  const { token } = terms
  return {
    turns: rows.filter(isRunnable).map(toTurn(token, toAgent)),
    passed: rows
      .filter((row) => row.id === null)
      .map(({ dialog_id: key, seq, workspace_id: workspaceId }) => ({ workspaceId, key, seq, token }))
  }
}
