import { type RawBuilder, sql } from "kysely"

/**
 * The CTEs that put deliveries in their lanes, in the order of `place`; `enqueued` has workspace_id, id, lane_key and
 * lane_seq. `source` names a CTE with workspace_id, id, lane_key and place. Lanes are locked in the order that all others
 * lock them in. `retrying` leaves idle lanes to the workers of retries.
 */
export const enqueue = (source: string, retrying: boolean): RawBuilder<unknown> => sql`
  placed as (
    select s.workspace_id, s.id, s.lane_key,
           row_number() over lane - count(*) over (partition by s.workspace_id, s.lane_key) as behind
    from ${sql.ref(source)} s
    window lane as (partition by s.workspace_id, s.lane_key order by s.place)
  ),
  lengthened as (
    insert into lane as l (workspace_id, kind, key, last_seq, done_seq, attempts, next_at, retrying)
    select p.workspace_id, 'delivery', p.lane_key, count(*), 0, 0, clock_timestamp(), ${retrying}::boolean
    from placed p
    group by p.workspace_id, p.lane_key
    order by p.workspace_id, p.lane_key
    on conflict on constraint lane_pkey do update set
      last_seq = l.last_seq + excluded.last_seq,
      next_at = case when l.next_at = 'infinity' then excluded.next_at else l.next_at end,
      retrying = case when l.next_at = 'infinity' then excluded.retrying else l.retrying end
    returning l.workspace_id, l.key, l.last_seq
  ),
  enqueued as (
    select p.workspace_id, p.id, p.lane_key, l.last_seq + p.behind as lane_seq
    from placed p
    join lengthened l on l.workspace_id = p.workspace_id and l.key = p.lane_key
  )`
