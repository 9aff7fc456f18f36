import type { LeaseTerms } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"

/** A due time in the future by the database's clock, also after a wait for the row. */
export const inMillis = (millis: number): RawBuilder<Date> =>
  sql<Date>`clock_timestamp() + ${millis}::integer * interval '1 millisecond'`

/** When an idle lane's new head is due: at the lease's end when the caller takes it, at once when nobody has it. */
export const firstDue = (terms: LeaseTerms | null): RawBuilder<Date> =>
  terms === null ? sql<Date>`clock_timestamp()` : inMillis(terms.durationMs)

export const tokenOf = (terms: LeaseTerms | null): RawBuilder<string | null> => sql`${terms?.token ?? null}::bigint`
