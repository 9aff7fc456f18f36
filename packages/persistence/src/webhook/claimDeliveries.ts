import type { Cipher, DeliveryId, DeliveryShare, DeliveryWork, LeaseTerms } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { Database } from "../database/Database.ts"
import type { DB } from "../database/tables.ts"
import { claimLanes } from "../lane/claimLanes.ts"
import { type FrontRow, type NewsRow, type OwnerRow, type Told, toWork } from "./claimedRows.ts"
import { commitUnsynced } from "./commitUnsynced.ts"
import { contentColumns, contentJoins } from "./deliveryContent.ts"
import { featureOf } from "../whitelabel/entitlementStatements.ts"
import { openTokens } from "./openTokens.ts"
import { validSecrets } from "./signingSecretStatements.ts"
import { readThreadEvents } from "./threadEvents.ts"

/** Deliveries of one lane that are worked off under one lease. */
const RUN = 16

interface Row {
  readonly fronts: ReadonlyArray<FrontRow> | null
  readonly news: ReadonlyArray<NewsRow> | null
  readonly owners: ReadonlyArray<OwnerRow> | null
}

/** The deliveries at the front of each claimed lane; a lane whose head is gone has a row all the same. */
const fronts = sql`
  front as materialized (
    select c.workspace_id, c.key as lane_key, c.seq as head_seq, d.*
    from claimed c
    left join lateral (
      select d.id, d.lane_seq, d.dialog_id, d.conversation_id, d.endpoint_id, d.message_id, d.turn_id,
             d.status = 'pending' as pending, jsonb_array_length(d.attempts) - d.round_start as attempts
      from delivery d
      where d.workspace_id = c.workspace_id and d.lane_key = c.key
        and d.lane_seq >= c.seq and d.lane_seq < c.seq + ${sql.lit(RUN)}
      order by d.lane_seq
      limit ${sql.lit(RUN)}
    ) d on true
  )`

const news = sql`
  select d.message_id::text as of_message, d.turn_id::text as of_turn, t.send_webhook as callback_url, ${contentColumns}
  from (select distinct workspace_id, dialog_id, conversation_id, message_id, turn_id from front) d
  ${contentJoins}`

const owners = sql`
  select o.workspace_id, o.endpoint_id,
         coalesce(e.enabled and e.removed_at is null, o.endpoint_id is null)
           and ${featureOf(sql`o.workspace_id`, "webhooks")} as open,
         e.url, e.payload, e.headers, e.timeout_ms, e.rate_per_minute,
         coalesce(ceil(greatest(0, extract(epoch from e.slowed_until - now())) * 1000), 0)::integer as slowed_ms,
         ${validSecrets(sql`o.workspace_id`, sql`coalesce(o.endpoint_id, '')`)} as secrets
  from (select distinct workspace_id, endpoint_id from front where id is not null) o
  left join webhook_endpoint e on e.workspace_id = o.workspace_id and e.id = o.endpoint_id`

/**
 * An owner with its secrets as they are signed with. One that cannot be decrypted must not keep all others' deliveries from
 * being sent: then none is given, and whoever is to sign asks for them and is told why there is none.
 */
const openedBy =
  (cipher: Cipher["Service"]) =>
  (owner: OwnerRow): OwnerRow => {
    const place = { workspaceId: owner.workspace_id, purpose: "webhook" } as const
    try {
      return { ...owner, secrets: owner.secrets.map((secret) => cipher.decrypt(place, secret)) }
    } catch {
      return { ...owner, secrets: [] }
    }
  }

/** What chatbots' own webhooks are told, in a statement of its own: most claims have none. */
const toldThreads = async (
  db: Kysely<DB>,
  cipher: Cipher["Service"],
  claimed: ReadonlyArray<FrontRow>,
  endpoints: ReadonlyArray<OwnerRow>
): Promise<ReadonlyMap<DeliveryId, Told>> => {
  const chatbots = new Set(
    endpoints.flatMap(({ endpoint_id, payload }) => (payload === "sitegpt" ? [endpoint_id] : []))
  )
  const wanted = claimed.flatMap(({ endpoint_id, id, workspace_id: workspaceId }) =>
    id !== null && chatbots.has(endpoint_id) ? [{ workspaceId, id }] : []
  )
  const read = await readThreadEvents(db, wanted)
  const tokens = await openTokens(db, cipher, read)
  return new Map(
    [...read].flatMap(([id, { event }]) => (event === null ? [] : [[id, { event, token: tokens.get(id) ?? null }]]))
  )
}

/**
 * Leases due lanes and reads all that their fronts need to be sent, in one statement. What several deliveries share is read
 * once, as JSON: a message that ten endpoints are told of, an endpoint that is told ten messages.
 */
export const claimDeliveries = async (
  { engine, kysely: db }: Database["Service"],
  cipher: Cipher["Service"],
  share: DeliveryShare,
  limit: number,
  terms: LeaseTerms
): Promise<ReadonlyArray<DeliveryWork>> => {
  const { rows } = await sql<Row>`
    with recursive ${claimLanes({ kind: "delivery", retrying: share === "again" }, limit, terms)},
    ${fronts}
    select
      (select json_agg(f) from (
        select workspace_id, lane_key, head_seq, id, lane_seq, endpoint_id, message_id::text as message_id,
               turn_id::text as turn_id, pending, attempts
        from front) f) as fronts,
      (select json_agg(n) from (${news}) n) as news,
      (select json_agg(o) from (${owners}) o) as owners,
      ${commitUnsynced(engine)} as unsynced`.execute(db)
  const [row] = rows
  const claimed = row?.fronts ?? []
  const endpoints = row?.owners ?? []
  const threads = await toldThreads(db, cipher, claimed, endpoints)
  const opened = endpoints.map(openedBy(cipher))
  return toWork({ fronts: claimed, news: row?.news ?? [], owners: opened, threads }, terms.token)
}
