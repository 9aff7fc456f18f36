import type { Entitlement, Feature, Features, Quotas, WorkspaceId } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

export interface QuotaRow {
  readonly chatbots_quota: number
  readonly links_quota: number
  readonly files_quota: number
  readonly combined_messages_quota: number
  readonly members_quota: number
}

export interface EntitlementRow extends QuotaRow {
  readonly features: Features
  readonly whitelabel_user_id: Entitlement["userId"]
  readonly email: string
  readonly initial_agent_id: Entitlement["initialAgentId"]
}

export const toQuotas = (row: QuotaRow): Quotas => ({
  chatbotsQuota: row.chatbots_quota,
  linksQuota: row.links_quota,
  filesQuota: row.files_quota,
  combinedMessagesQuota: row.combined_messages_quota,
  membersQuota: row.members_quota
})

export const toEntitlement = (row: EntitlementRow): Entitlement => ({
  quotas: toQuotas(row),
  features: row.features,
  userId: row.whitelabel_user_id,
  email: row.email,
  initialAgentId: row.initial_agent_id
})

const columns = sql`
  chatbots_quota, links_quota, files_quota, combined_messages_quota, members_quota, features,
  whitelabel_user_id, email,
  initial_agent_id`

/** Whether a feature is on in a workspace, which an expression names; it is where nothing is said of it. */
export const featureOf = (workspace: RawBuilder<unknown>, feature: Feature): RawBuilder<boolean> => sql`
  coalesce((select (f.features ->> ${sql.lit(feature)})::boolean from entitlement f where f.workspace_id = ${workspace}), true)`

export const findEntitlement = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId
): Promise<EntitlementRow | undefined> => {
  const { rows } = await sql<EntitlementRow>`
    select ${columns} from entitlement where workspace_id = ${workspaceId}::uuid`.execute(db)
  return rows[0]
}

/**
 * Holds off all who would use up a quota of the workspace, for the rest of the transaction. What is in use is to be counted by a
 * later statement, which sees what those before it have stored.
 */
export const lockEntitlement = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId
): Promise<EntitlementRow | undefined> => {
  const { rows } = await sql<EntitlementRow>`
    select ${columns} from entitlement where workspace_id = ${workspaceId}::uuid for no key update`.execute(db)
  return rows[0]
}

export const insertEntitlement = (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  { email, features, initialAgentId, quotas, userId }: Entitlement
) =>
  sql`
    insert into entitlement (workspace_id, whitelabel_user_id, email, initial_agent_id, chatbots_quota, links_quota, files_quota,
                             combined_messages_quota, members_quota, features)
    values (${workspaceId}::uuid, ${userId}::bigint, ${email}::text, ${initialAgentId}::bigint,
            ${quotas.chatbotsQuota}::integer, ${quotas.linksQuota}::integer, ${quotas.filesQuota}::integer,
            ${quotas.combinedMessagesQuota}::integer, ${quotas.membersQuota}::integer, ${json(features)})`.execute(db)

/** What is not named stays. */
export const changeEntitlement = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  quotas: Partial<Quotas>,
  features: Partial<Features>
): Promise<EntitlementRow | undefined> => {
  const { rows } = await sql<EntitlementRow>`
    update entitlement set
      chatbots_quota = coalesce(${quotas.chatbotsQuota ?? null}::integer, chatbots_quota),
      links_quota = coalesce(${quotas.linksQuota ?? null}::integer, links_quota),
      files_quota = coalesce(${quotas.filesQuota ?? null}::integer, files_quota),
      combined_messages_quota = coalesce(${quotas.combinedMessagesQuota ?? null}::integer, combined_messages_quota),
      members_quota = coalesce(${quotas.membersQuota ?? null}::integer, members_quota),
      features = features || ${json(features)}
    where workspace_id = ${workspaceId}::uuid
    returning ${columns}`.execute(db)
  return rows[0]
}
