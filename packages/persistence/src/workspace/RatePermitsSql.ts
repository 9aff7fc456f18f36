import { type RateGrant, type RateLimit, RatePermits } from "@butler/domain"
import { Effect, Layer } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"

/** Of `r`: what was taken in this minute, or a later one that another session has seen begin. */
const before = sql`case when r.minute >= excluded.minute then r.taken else 0 end`

/** As `shareOf` has it, of what is left. */
const share = (perMinute: number) => {
  const left = sql`greatest(0, ${perMinute}::integer - ${before})`
  return sql`least(${left}, greatest(1, ${left} / 10))`
}

/** The row's lock puts those who ask at once in line, so that no permit is granted twice. */
const take = async (db: Kysely<DB>, { apiKeyId, perMinute, workspaceId }: RateLimit): Promise<RateGrant> => {
  const first = sql`least(${perMinute}::integer, greatest(1, ${perMinute}::integer / 10))`
  const { rows } = await sql<RateGrant>`
    insert into rate_usage as r (workspace_id, api_key_id, minute, taken, granted)
    values (${workspaceId}::uuid, ${apiKeyId}, floor(extract(epoch from clock_timestamp()) / 60), ${first}, ${first})
    on conflict on constraint rate_usage_pkey do update set
      minute = greatest(r.minute, excluded.minute),
      taken = ${before} + ${share(perMinute)},
      granted = ${share(perMinute)}
    returning granted, greatest(0, ${perMinute}::integer - taken) as remaining,
              ceil((minute::bigint + 1) * 60000 - extract(epoch from clock_timestamp()) * 1000)::integer as "resetMs"`.execute(
    db
  )
  const [row] = rows
  if (row === undefined) throw new Error(`the count of API key ${apiKeyId} was not stored`)
  return row
}

/** `RatePermits` on SQL. */
export const RatePermitsSql: Layer.Layer<RatePermits, never, Database> = Layer.effect(
  RatePermits,
  Effect.map(Database, (database) =>
    RatePermits.of({
      take: (limit) =>
        query("rate.take", (db) => take(db, limit)).pipe(Effect.provideService(Database, database), Effect.orDie)
    })
  )
)
