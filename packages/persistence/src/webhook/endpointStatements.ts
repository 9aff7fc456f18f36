import type {
  AgentId,
  DialogId,
  EndpointSettings,
  NewWebhookEndpoint,
  WebhookEndpoint,
  WebhookEndpointId,
  WorkspaceId
} from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

const columns = sql`
  e.id, e.workspace_id as "workspaceId", e.agent_id as "chatbotId", nullif(e.dialog_id, '') as "threadId", e.url, e.events, e.payload, e.headers, e.ordered,
  e.rate_per_minute as "ratePerMinute", e.timeout_ms as "timeoutMs", e.enabled, e.disabled_reason as "disabledReason",
  e.failing_since as "failingSince", case when e.slowed_until > now() then e.slowed_until end as "slowedUntil",
  e.created_at as "createdAt", e.updated_at as "updatedAt"`

/** No row when the workspace has as many as it may; several at once can exceed that by as many. */
export const insertEndpoint = async (
  db: Kysely<DB>,
  endpoint: NewWebhookEndpoint,
  limit: number
): Promise<WebhookEndpoint | undefined> => {
  const { enabled, events, headers, id, ordered, payload, ratePerMinute, secret, timeoutMs, url, workspaceId } =
    endpoint
  const { rows } = await sql<WebhookEndpoint>`
    with e as (
      insert into webhook_endpoint (workspace_id, id, url, events, payload, headers, ordered, rate_per_minute, timeout_ms,
                                    enabled, disabled_reason)
      select ${workspaceId}::uuid, ${id}, ${url}::text, ${json(events)}, ${payload}::text, ${json(headers)},
             ${ordered}::boolean, ${ratePerMinute}::integer, ${timeoutMs}::integer, ${enabled}::boolean,
             ${enabled ? null : "manual"}::text
      where (select count(*) from webhook_endpoint
             where workspace_id = ${workspaceId}::uuid and agent_id is null and removed_at is null) < ${limit}::integer
      returning *
    ),
    secret as (
      insert into signing_secret (workspace_id, owner, version, secret)
      select e.workspace_id, e.id, 1, ${secret}::text from e
    )
    select ${columns} from e`.execute(db)
  return rows[0]
}

export const findEndpoint = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: WebhookEndpointId
): Promise<WebhookEndpoint | undefined> => {
  const { rows } = await sql<WebhookEndpoint>`
    select ${columns} from webhook_endpoint e
    where e.workspace_id = ${workspaceId}::uuid and e.id = ${id} and e.removed_at is null`.execute(db)
  return rows[0]
}

export const listEndpoints = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId
): Promise<ReadonlyArray<WebhookEndpoint>> => {
  const { rows } = await sql<WebhookEndpoint>`
    select ${columns} from webhook_endpoint e
    where e.workspace_id = ${workspaceId}::uuid and e.agent_id is null and e.removed_at is null
    order by e.created_at, e.id`.execute(db)
  return rows
}

/** That of the chatbot first. */
export const endpointsOfChatbot = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  chatbotId: AgentId,
  threadId: DialogId | null
): Promise<ReadonlyArray<WebhookEndpoint>> => {
  const { rows } = await sql<WebhookEndpoint>`
    select ${columns} from webhook_endpoint e
    where e.workspace_id = ${workspaceId}::uuid and e.agent_id = ${chatbotId}::bigint
      and e.dialog_id in ('', ${threadId ?? ""}::text) and e.removed_at is null
    order by e.dialog_id`.execute(db)
  return rows
}

/** What a chatbot's receiver knows the sender by, as it is stored. */
export const storedToken = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: WebhookEndpointId
): Promise<string | null> => {
  const { rows } = await sql<{ readonly token: string | null }>`
    select coalesce(t.webhook_token, b.webhook_token) as token
    from webhook_endpoint e
    left join thread t on t.workspace_id = e.workspace_id and t.dialog_id = e.dialog_id
    left join chatbot b on b.workspace_id = e.workspace_id and b.agent_id = e.agent_id
    where e.workspace_id = ${workspaceId}::uuid and e.id = ${id}`.execute(db)
  return rows[0]?.token ?? null
}

/** Each column keeps its value where the settings say nothing. Switched on, or sent elsewhere, it starts with a clean record. */
export const updateEndpoint = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: WebhookEndpointId,
  settings: Partial<EndpointSettings>
): Promise<WebhookEndpoint | undefined> => {
  const { enabled, events, headers, ordered, payload, ratePerMinute, timeoutMs, url } = settings
  const fresh = url !== undefined || enabled === true
  const { rows } = await sql<WebhookEndpoint>`
    update webhook_endpoint e set
      url = coalesce(${url ?? null}::text, e.url),
      events = coalesce(${events === undefined ? null : json(events)}, e.events),
      payload = coalesce(${payload ?? null}::text, e.payload),
      headers = coalesce(${headers === undefined ? null : json(headers)}, e.headers),
      ordered = coalesce(${ordered ?? null}::boolean, e.ordered),
      timeout_ms = coalesce(${timeoutMs ?? null}::integer, e.timeout_ms),
      rate_per_minute = ${ratePerMinute === undefined ? sql`e.rate_per_minute` : sql`${ratePerMinute}::integer`},
      enabled = coalesce(${enabled ?? null}::boolean, e.enabled),
      disabled_reason = case
        when ${enabled === true}::boolean then null
        when ${enabled === false}::boolean then coalesce(e.disabled_reason, 'manual')
        else e.disabled_reason end,
      failing_since = case when ${fresh}::boolean then null else e.failing_since end,
      warnings = case when ${fresh}::boolean then 0 else e.warnings end,
      slowed_until = case when ${fresh}::boolean then null else e.slowed_until end,
      slow_level = case when ${fresh}::boolean then 0 else e.slow_level end,
      updated_at = now()
    where e.workspace_id = ${workspaceId}::uuid and e.id = ${id} and e.removed_at is null
    returning ${columns}`.execute(db)
  return rows[0]
}

/** The row stays for the record of what was sent; its secrets go. */
export const removeEndpoint = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: WebhookEndpointId
): Promise<boolean> => {
  const { rows } = await sql`
    with e as (
      update webhook_endpoint set removed_at = now(), enabled = false
      where workspace_id = ${workspaceId}::uuid and id = ${id} and removed_at is null
      returning id
    ),
    secret as (
      delete from signing_secret s using e where s.workspace_id = ${workspaceId}::uuid and s.owner = e.id
    )
    select id from e`.execute(db)
  return rows.length > 0
}
