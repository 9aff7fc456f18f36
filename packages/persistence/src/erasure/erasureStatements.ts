import type { ContactId, DialogId, OpenTurn, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/**
 * Takes a contact out of use, with those that were merged into it: what its user writes from then on is another contact's. Answers
 * all of their ids, the contact's own last.
 */
export const retireContact = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactId: ContactId
): Promise<ReadonlyArray<ContactId>> => {
  const { rows } = await sql<{ readonly id: ContactId; readonly merged_into: ContactId | null }>`
    update contact c set user_id = null, active_dialog_id = null
    from (
      select coalesce(merged_into, id) as id from contact
      where workspace_id = ${workspaceId}::uuid and id = ${contactId}::bigint
    ) owner
    where c.workspace_id = ${workspaceId}::uuid and (c.id = owner.id or c.merged_into = owner.id)
    returning c.id, c.merged_into`.execute(db)
  return rows.toSorted((a) => (a.merged_into === null ? 1 : -1)).map(({ id }) => id)
}

/** Some of the dialogs of contacts. */
export const dialogsOf = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactIds: ReadonlyArray<ContactId>,
  limit: number
): Promise<ReadonlyArray<DialogId>> => {
  const { rows } = await sql<{ readonly id: DialogId }>`
    select id from dialog
    where workspace_id = ${workspaceId}::uuid and contact_id = any(${[...contactIds]}::bigint[])
    limit ${limit}::integer`.execute(db)
  return rows.map(({ id }) => id)
}

export const openTurnsOf = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogIds: ReadonlyArray<DialogId>
): Promise<ReadonlyArray<OpenTurn>> => {
  const { rows } = await sql<OpenTurn>`
    select id, status from turn
    where workspace_id = ${workspaceId}::uuid and dialog_id = any(${[...dialogIds]}::text[])
      and status in ('queued', 'running')
    order by dialog_id, seq`.execute(db)
  return rows
}

/** Holds the order of dialogs still for the rest of the transaction. */
export const lockLanes = (db: Kysely<DB>, workspaceId: WorkspaceId, dialogIds: ReadonlyArray<DialogId>) =>
  sql`
    select from lane
    where workspace_id = ${workspaceId}::uuid and kind = 'turn' and key = any(${[...dialogIds]}::text[])
    order by key
    for update`.execute(db)

/** Erases at most so many deliveries with their lanes; answers how many. */
export const eraseDeliveries = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogIds: ReadonlyArray<DialogId>,
  limit: number
): Promise<number> => {
  const { rows } = await sql`
    with batch as materialized (
      select id, lane_key from delivery
      where workspace_id = ${workspaceId}::uuid and dialog_id = any(${[...dialogIds]}::text[])
      limit ${limit}::integer
    ),
    lanes as (
      delete from lane l using batch s
      where l.workspace_id = ${workspaceId}::uuid and l.kind = 'delivery' and l.key = s.lane_key
    )
    delete from delivery d using batch s
    where d.workspace_id = ${workspaceId}::uuid and d.id = s.id
    returning 1`.execute(db)
  return rows.length
}

/** The dialogs' own lanes, and those that keep what endpoints are told of them in order. */
export const eraseLanes = (db: Kysely<DB>, workspaceId: WorkspaceId, dialogIds: ReadonlyArray<DialogId>) =>
  sql`
    delete from lane l
    using (
      select 'turn' as kind, d.id as key from unnest(${[...dialogIds]}::text[]) as d (id)
      union all
      select 'delivery', e.id || '/' || d.id
      from webhook_endpoint e, unnest(${[...dialogIds]}::text[]) as d (id)
      where e.workspace_id = ${workspaceId}::uuid and e.agent_id is null
      union all
      select 'delivery', e.id || '/' || d.id
      from dialog d
      join webhook_endpoint e
        on e.workspace_id = d.workspace_id and e.agent_id = d.agent_id and e.dialog_id in ('', d.id)
      where d.workspace_id = ${workspaceId}::uuid and d.id = any(${[...dialogIds]}::text[])
    ) gone
    where l.workspace_id = ${workspaceId}::uuid and l.kind = gone.kind and l.key = gone.key`.execute(db)

/** Endpoints that are for these dialogs alone. */
export const eraseEndpoints = (db: Kysely<DB>, workspaceId: WorkspaceId, dialogIds: ReadonlyArray<DialogId>) =>
  sql`
    with gone as materialized (
      select id from webhook_endpoint
      where workspace_id = ${workspaceId}::uuid and dialog_id = any(${[...dialogIds]}::text[])
    ),
    secret_now as (
      delete from signing_secret s using gone g where s.workspace_id = ${workspaceId}::uuid and s.owner = g.id
    ),
    replay_now as (
      delete from webhook_replay r using gone g where r.workspace_id = ${workspaceId}::uuid and r.endpoint_id = g.id
    )
    delete from webhook_endpoint e using gone g where e.workspace_id = ${workspaceId}::uuid and e.id = g.id`.execute(db)

/** With what goes with them. Answers how many. */
export const eraseDialogs = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogIds: ReadonlyArray<DialogId>
): Promise<number> => {
  const { rows } = await sql`
    delete from dialog where workspace_id = ${workspaceId}::uuid and id = any(${[...dialogIds]}::text[])
    returning 1`.execute(db)
  return rows.length
}

/** Answers how many. */
export const eraseMemories = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactIds: ReadonlyArray<ContactId>
): Promise<number> => {
  const { rows } = await sql`
    delete from contact_memory
    where workspace_id = ${workspaceId}::uuid and contact_id = any(${[...contactIds]}::bigint[])
    returning 1`.execute(db)
  return rows.length
}

/** With what goes with them; none that has got a dialog meanwhile. Answers how many. */
export const eraseContacts = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactIds: ReadonlyArray<ContactId>
): Promise<number> => {
  const { rows } = await sql`
    delete from contact where workspace_id = ${workspaceId}::uuid and id = any(${[...contactIds]}::bigint[])
    returning 1`.execute(db)
  return rows.length
}
