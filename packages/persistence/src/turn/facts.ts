import {
  type Agent,
  type AgentId,
  chatbotOf,
  type ContactId,
  type DialogId,
  IDEMPOTENCY_HOURS,
  type IdempotencyKey,
  type IdempotencyRecord,
  type ModelBudget,
  type TurnFacts,
  type TurnNames,
  withoutFunctions,
  type WorkspaceId
} from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { AgentCodec } from "../agent/agentCodec.ts"
import { type AgentRow, answeringColumns, answeringVersion } from "../agent/agentRow.ts"
import { toContent } from "../chatbot/chatbotStatements.ts"
import type { DB } from "../database/tables.ts"
import { messagesLeft } from "../whitelabel/messageUse.ts"

interface Row extends AgentRow {
  readonly contact_id: ContactId | null
  readonly active_dialog_id: DialogId | null
  readonly dialog_id: DialogId | null
  readonly dialog_contact_id: ContactId | null
  readonly dialog_agent_id: AgentId | null
  readonly replay: IdempotencyRecord | null
  readonly model_budget: ModelBudget | null
  readonly messages_left: number | null
  readonly functions: boolean
  /** Only read with `dialogsOf`. */
  readonly chatbot_content?: unknown
}

const toFacts = (agent: Agent, row: Row): TurnFacts => ({
  agent: row.functions ? agent : withoutFunctions(agent),
  chatbot: row.chatbot_content === undefined ? null : chatbotOf(agent, toContent(row.chatbot_content)),
  messagesLeft: row.messages_left,
  workspaceBudget: row.model_budget,
  contact: row.contact_id === null ? null : { id: row.contact_id, activeDialogId: row.active_dialog_id },
  dialog:
    row.dialog_id === null || row.dialog_contact_id === null || row.dialog_agent_id === null
      ? null
      : { id: row.dialog_id, contactId: row.dialog_contact_id, agentId: row.dialog_agent_id },
  replay: row.replay
})

const replayed = (key: IdempotencyKey | null): RawBuilder<unknown> =>
  key === null
    ? sql`null::jsonb`
    : sql`(
        select jsonb_build_object('fingerprint', k.fingerprint, 'turnId', k.turn_id::text, 'dialogId', k.dialog_id)
        from idempotency_key k
        where k.workspace_id = w.workspace_id and k.route = ${key.route} and k.key = ${key.key}
      )`

/** A key that has stood for its turn long enough is free again. */
export const forgetExpiredKey = (db: Kysely<DB>, workspaceId: WorkspaceId, { key, route }: IdempotencyKey) =>
  sql`
    delete from idempotency_key
    where workspace_id = ${workspaceId}::uuid and route = ${route} and key = ${key}
      and created_at <= now() - ${IDEMPOTENCY_HOURS}::integer * interval '1 hour'`.execute(db)

const chatbotContent = sql`,
           (select content from chatbot cb where cb.workspace_id = a.workspace_id and cb.agent_id = a.id) as chatbot_content`

/** All that resolution and the turn need to know, in one round trip of look-ups by key; nothing when there is no such agent. */
export const facts = async (
  db: Kysely<DB>,
  { toAgent }: Pick<AgentCodec, "toAgent">,
  names: TurnNames
): Promise<TurnFacts | undefined> => {
  const { rows } = await sql<Row>`
    select ${answeringColumns(answeringVersion(sql`${names.draft ?? false}::boolean`))}, w.model_budget,
           c.id as contact_id, c.active_dialog_id,
           d.id as dialog_id, d.contact_id as dialog_contact_id, d.agent_id as dialog_agent_id,
           ${replayed(names.idempotency)} as replay,
           ${messagesLeft} as messages_left, coalesce((e.features ->> 'functions')::boolean, true) as functions${
             names.dialogsOf === undefined ? sql`` : chatbotContent
           }
    from workspace w
    join agent a on a.workspace_id = w.workspace_id
      and a.id = coalesce(${names.agentId ?? null}::bigint, w.default_agent_id) and a.removed_at is null
    left join entitlement e on e.workspace_id = w.workspace_id
    left join contact c on c.workspace_id = w.workspace_id and c.user_id = ${names.userId}::text
    left join dialog d on d.workspace_id = w.workspace_id and d.id = ${names.dialogId}::text
    where w.workspace_id = ${names.workspaceId}::uuid`.execute(db)
  return rows.map((row) => toFacts(toAgent(names.workspaceId, row), row))[0]
}
