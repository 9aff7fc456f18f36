import type { LaneKind, LeaseTerms } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"
import { inMillis } from "./leaseColumns.ts"

/** The lanes of one kind; heads that were tried or put off before stand apart from those that never were. */
export interface LaneQueue {
  readonly kind: LaneKind
  readonly retrying: boolean
}

/**
 * Of `lane l`. The bound lets the planner see that the index of due lanes will do. The queue is no parameter, for there are
 * few, and far from equally long: the planner would make a plan for each claim, which takes longer than the claim.
 */
const inQueue = ({ kind, retrying }: LaneQueue): RawBuilder<unknown> =>
  sql`l.kind = ${sql.lit(kind)} and l.retrying = ${sql.lit(retrying)} and l.next_at < 'infinity'`

/**
 * At least the limit, and few values, since each makes a statement of its own. The planner cannot know what `limit` a
 * parameter stands for and expects so many rows that it reads whole tables: with 100,000 turns waiting, a claim of 32 took
 * 50 ms instead of 2.
 */
const atMost = (limit: number): RawBuilder<unknown> => sql.lit(2 ** Math.ceil(Math.log2(Math.max(1, limit))))

const BEFORE_ALL = "00000000-0000-0000-0000-000000000000"

/**
 * Entries of the index taken at a time. One alone costs PostgreSQL the reading of a whole index page: of 1,000 workspaces
 * with a due lane each that made 8 ms.
 */
const PAGE: RawBuilder<unknown> = sql.lit(16)

/**
 * The CTEs of a claim, for `with recursive`; `claimed` has workspace_id, key, seq and attempts. Fair between workspaces:
 * the index is skipped through from workspace to workspace, the limit is shared out among those with due work, and the
 * longest waiting come first. A crashed worker's leases are due like any other work.
 */
export const claimLanes = (queue: LaneQueue, limit: number, terms: LeaseTerms): RawBuilder<unknown> => sql`
  open_workspace as (
    select ${BEFORE_ALL}::uuid as workspace_id, null::timestamptz as next_at, false as oldest, true as furthest
    union all
    select page.*
    from open_workspace o
    cross join lateral (
      select e.workspace_id, e.next_at, lag(e.workspace_id) over entry is distinct from e.workspace_id as oldest,
             lead(e.workspace_id) over entry is null as furthest
      from (
        select l.workspace_id, l.next_at from lane l
        where ${inQueue(queue)} and l.workspace_id > o.workspace_id
        order by l.workspace_id, l.next_at
        limit ${PAGE}
      ) e
      window entry as (order by e.workspace_id, e.next_at)
    ) page
    where o.furthest and (page.oldest or page.furthest)
  ),
  due_workspace as (
    select o.workspace_id, count(*) over () as workspaces
    from open_workspace o
    where o.oldest and o.next_at <= now()
    order by o.next_at
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
    limit ${atMost(limit)}
  ),
  claimed as (
    update lane l set
      lease_token = ${terms.token}::bigint,
      attempts = l.attempts + 1,
      next_at = ${inMillis(terms.durationMs)}
    from due
    where l.workspace_id = due.workspace_id and l.kind = ${sql.lit(queue.kind)} and l.key = due.key
    returning l.workspace_id, l.key, l.done_seq + 1 as seq, l.attempts
  )`
