import type { PGlite } from "@electric-sql/pglite"
import { Effect, Schedule } from "effect"

/** Recovery reads this much at most: about a second. */
const LOG_BYTES = 64 * 1024 * 1024

const logGrowth = `
  select (pg_current_wal_insert_lsn() - redo_lsn)::float8 as bytes from pg_control_checkpoint()`

/** The thresholds of PostgreSQL's own autovacuum. */
const wornTables = `
  select format('%I.%I', s.schemaname, s.relname) as name
  from pg_stat_user_tables s join pg_class c on c.oid = s.relid
  where s.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0)
     or s.n_mod_since_analyze > 50 + 0.1 * greatest(c.reltuples, 0)`

/**
 * What PostgreSQL's background processes do and PGlite, which has none, never does (seen in 0.5.16: 170 MB of log and no
 * checkpoint): without it the log grows until the next clean stop, dead rows stay, and the planner knows no statistics.
 */
export const keepUpOnce = (pglite: PGlite): Effect.Effect<void> =>
  Effect.promise(async () => {
    const { rows } = await pglite.query<{ name: string }>(wornTables)
    for (const { name } of rows) await pglite.query(`vacuum (analyze) ${name}`)
    const growth = await pglite.query<{ bytes: number }>(logGrowth)
    if ((growth.rows[0]?.bytes ?? 0) > LOG_BYTES) await pglite.query("checkpoint")
  })

/** For a scope's background. A round that fails, as when a table is dropped under it, is worth a line in the log only. */
export const keepUp = (pglite: PGlite): Effect.Effect<void> =>
  keepUpOnce(pglite).pipe(
    Effect.catchDefect((defect) => Effect.logWarning("upkeep of the embedded database failed", defect)),
    Effect.repeat(Schedule.spaced("1 minute")),
    Effect.asVoid
  )
