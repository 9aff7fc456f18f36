import type { Lease, LeaseTerms, NewReplay, Replay, ReplayId, WebhookEndpointId, WorkspaceId } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { claimLanes } from "../lane/claimLanes.ts"
import { enqueue } from "./enqueue.ts"

const columns = sql`
  r.id, r.endpoint_id as "endpointId", r.since, r.until, r.statuses, r.total, r.done, r.created_at as "createdAt",
  r.finished_at as "finishedAt"`

/** Deliveries of a window; what is still to be sent is on its way without a replay. */
const matching = ({
  endpointId,
  since,
  statuses,
  until,
  workspaceId
}: Omit<NewReplay, "id">): RawBuilder<unknown> => sql`
  from delivery d
  where d.workspace_id = ${workspaceId}::uuid and d.endpoint_id = ${endpointId}
    and d.created_at >= ${since}::timestamptz and d.created_at < ${until}::timestamptz
    and d.status <> 'pending' and ${json(statuses)} ? d.status`

export const countReplay = async (db: Kysely<DB>, replay: Omit<NewReplay, "id">): Promise<number> => {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count ${matching(replay)}`.execute(db)
  return rows[0]?.count ?? 0
}

export const insertReplay = async (db: Kysely<DB>, replay: NewReplay): Promise<Replay> => {
  const { endpointId, id, since, statuses, until, workspaceId } = replay
  const { rows } = await sql<Replay>`
    with job_lane as (
      insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, next_at)
      values (${workspaceId}::uuid, 'replay', ${id}, 1, 0, 0, clock_timestamp())
    ),
    r as (
      insert into webhook_replay (workspace_id, id, endpoint_id, since, until, statuses, total)
      select ${workspaceId}::uuid, ${id}, ${endpointId}, ${since}::timestamptz, ${until}::timestamptz, ${json(statuses)},
             (select count(*) ${matching(replay)})
      returning *
    )
    select ${columns} from r`.execute(db)
  const [stored] = rows
  if (stored === undefined) throw new Error(`replay ${id} was not stored`)
  return stored
}

export const findReplay = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId,
  id: ReplayId
): Promise<Replay | undefined> => {
  const { rows } = await sql<Replay>`
    select ${columns} from webhook_replay r
    where r.workspace_id = ${workspaceId}::uuid and r.id = ${id} and r.endpoint_id = ${endpointId}`.execute(db)
  return rows[0]
}

export const claimReplays = async (db: Kysely<DB>, limit: number, terms: LeaseTerms): Promise<ReadonlyArray<Lease>> => {
  const { rows } = await sql<{ readonly workspace_id: WorkspaceId; readonly key: string; readonly seq: number }>`
    with recursive ${claimLanes({ kind: "replay", retrying: false }, limit, terms)}
    select workspace_id, key, seq from claimed`.execute(db)
  return rows.map(({ key, seq, workspace_id: workspaceId }) => ({ workspaceId, key, seq, token: terms.token }))
}

/**
 * Puts the next deliveries of a job back in their lanes, where the workers of retries find them, and moves the job on, all
 * in one statement; a job that found fewer than it asked for is done. Fenced by the job's lease.
 */
export const stepReplay = (db: Kysely<DB>, { key, token, workspaceId }: Lease, limit: number, pauseMs: number) =>
  sql`
    with job_lane as materialized (
      select l.key from lane l
      where l.workspace_id = ${workspaceId}::uuid and l.kind = 'replay' and l.key = ${key}
        and l.lease_token = ${token}::bigint
      for update
    ),
    job as (
      select r.*, e.ordered, e.enabled and e.removed_at is null as open
      from webhook_replay r
      join job_lane on job_lane.key = r.id
      join webhook_endpoint e on e.workspace_id = r.workspace_id and e.id = r.endpoint_id
      where r.workspace_id = ${workspaceId}::uuid
    ),
    picked as materialized (
      select d.workspace_id, d.id, d.created_at, d.position as place,
             case when j.ordered then d.endpoint_id || '/' || d.dialog_id else d.id::text end as lane_key
      from job j
      cross join lateral (
        select d.* from delivery d
        where d.workspace_id = j.workspace_id and d.endpoint_id = j.endpoint_id
          and (d.created_at, d.position) > (greatest(j.last_created_at, j.since - interval '1 millisecond'), j.last_position)
          and d.created_at >= j.since and d.created_at < j.until
          and d.status <> 'pending' and j.statuses ? d.status and j.open
        order by d.created_at, d.position
        limit ${limit}::integer
        for update of d
      ) d
    ),
    ${enqueue("picked", true)},
    put_back as (
      update delivery d set
        status = 'pending', round_start = jsonb_array_length(d.attempts), lane_key = q.lane_key, lane_seq = q.lane_seq,
        next_attempt_at = null, finished_at = null, undelivered_at = null
      from enqueued q
      where d.workspace_id = q.workspace_id and d.id = q.id
    ),
    progress as (
      select count(*)::integer as picked, max(created_at) as created_at,
             (array_agg(place order by created_at desc, place desc))[1] as place
      from picked
    ),
    job_now as (
      update webhook_replay r set
        done = r.done + p.picked,
        last_created_at = coalesce(p.created_at, r.last_created_at),
        last_position = coalesce(p.place, r.last_position),
        finished_at = case when p.picked < ${limit}::integer then clock_timestamp() end
      from progress p, job_lane
      where r.workspace_id = ${workspaceId}::uuid and r.id = job_lane.key
    ),
    ended as (
      delete from lane l using job_lane, progress p
      where l.workspace_id = ${workspaceId}::uuid and l.kind = 'replay' and l.key = job_lane.key
        and p.picked < ${limit}::integer
    )
    update lane l set lease_token = null, next_at = clock_timestamp() + ${pauseMs}::integer * interval '1 millisecond'
    from job_lane, progress p
    where l.workspace_id = ${workspaceId}::uuid and l.kind = 'replay' and l.key = job_lane.key
      and p.picked >= ${limit}::integer`.execute(db)
