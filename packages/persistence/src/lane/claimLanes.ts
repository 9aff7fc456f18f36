import type { LaneKind, LeaseTerms } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"
import { inMillis } from "./leaseColumns.ts"

/** The lanes of one kind; heads that were tried or put off before stand apart from those that never were. */
export interface LaneQueue {
  readonly kind: LaneKind
  readonly retrying: boolean
}

/** Of `lane l`. The bound lets the planner see that the index of due lanes will do. */
const inQueue = ({ kind, retrying }: LaneQueue): RawBuilder<unknown> =>
  sql`l.kind = ${kind} and l.retrying = ${retrying}::boolean and l.next_at < 'infinity'`

/**
 * The CTEs of a claim, for `with recursive`; `claimed` has workspace_id, key, seq and attempts. Fair between workspaces:
 * the index is skipped through from workspace to workspace, the limit is shared out among those with due work, and the
 * longest waiting come first. A crashed worker's leases are due like any other work.
 */
export const claimLanes = (queue: LaneQueue, limit: number, terms: LeaseTerms): RawBuilder<unknown> => sql`
  open_workspace as (
    (select l.workspace_id from lane l where ${inQueue(queue)} order by l.workspace_id limit 1)
    union all
    select (
      select l.workspace_id from lane l
      where ${inQueue(queue)} and l.workspace_id > o.workspace_id
      order by l.workspace_id limit 1
    )
    from open_workspace o
    where o.workspace_id is not null
  ),
  due_workspace as (
    select o.workspace_id, count(*) over () as workspaces
    from open_workspace o
    cross join lateral (
      select l.next_at from lane l
      where ${inQueue(queue)} and l.workspace_id = o.workspace_id
      order by l.next_at limit 1
    ) oldest
    where oldest.next_at <= now()
    order by oldest.next_at
    limit ${limit}::integer
  ),
  due as (
    select head.workspace_id, head.key
    from due_workspace w
    cross join lateral (
      select l.workspace_id, l.key from lane l
      where ${inQueue(queue)} and l.workspace_id = w.workspace_id and l.next_at <= now()
      order by l.next_at
      limit greatest(1, ${limit}::integer / w.workspaces)
      for update skip locked
    ) head
  ),
  claimed as (
    update lane l set
      lease_token = ${terms.token}::bigint,
      attempts = l.attempts + 1,
      next_at = ${inMillis(terms.durationMs)}
    from due
    where l.workspace_id = due.workspace_id and l.kind = ${queue.kind} and l.key = due.key
    returning l.workspace_id, l.key, l.done_seq + 1 as seq, l.attempts
  )`
