import type { LeaseTerms } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"

/** A due time in the future by the database's clock, also after a wait for the row. */
export const inMillis = (millis: number): RawBuilder<Date> =>
  sql<Date>`clock_timestamp() + ${millis}::integer * interval '1 millisecond'`

/** When an idle lane's new head is due: at the lease's end when the caller takes it, else at once or after the quiet. */
export const firstDue = (terms: LeaseTerms | null, quietMs: number): RawBuilder<Date> =>
  inMillis(terms?.durationMs ?? quietMs)

export const tokenOf = (terms: LeaseTerms | null): RawBuilder<string | null> => sql`${terms?.token ?? null}::bigint`

/**
 * The assignments that take the head off a lane. They read the locked row's own columns alone: a sub-query for waiting
 * work would lose wake-ups under READ COMMITTED.
 */
export const headDone: RawBuilder<unknown> = sql`
  done_seq = done_seq + 1,
  attempts = 0,
  lease_token = null,
  next_at = case
    when last_seq > done_seq + 1
    then greatest(clock_timestamp(), case when quiet_seq = done_seq + 2 then quiet_until end)
    else 'infinity'
  end`
