import {
  type AgentId,
  type Chatbot,
  ChatbotContent,
  chatbotOf,
  contentOf,
  type DialogMode,
  type PageQuery,
  type WorkspaceId
} from "@butler/domain"
import { Schema } from "effect"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

interface Row {
  readonly id: AgentId
  readonly name: string
  readonly suggestions: number | null
  readonly mode: DialogMode | null
  readonly content: unknown
}

const decode = Schema.decodeUnknownSync(ChatbotContent)

/** Of the column `content`, which is null where nothing is said of the agent. */
export const toContent = (content: unknown): ChatbotContent | undefined =>
  content === null ? undefined : decode(content)

const encode = Schema.encodeSync(ChatbotContent)

const toChatbot = ({ content, id, mode, name, suggestions }: Row): Chatbot => {
  const settings = {
    ...(suggestions !== null && { suggestions: { count: suggestions } }),
    ...(mode !== null && { mode })
  }
  return chatbotOf({ id, name, settings }, toContent(content))
}

const chatbots = sql`
  select a.id, a.name, (a.settings #>> '{suggestions,count}')::integer as suggestions, a.settings ->> 'mode' as mode,
         c.content
  from agent a
  left join chatbot c on c.workspace_id = a.workspace_id and c.agent_id = a.id`

/** By id, which is the order in which agents are made. */
export const listChatbots = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  { limit, offset }: PageQuery
): Promise<ReadonlyArray<Chatbot>> => {
  const { rows } = await sql<Row>`
    ${chatbots}
    where a.workspace_id = ${workspaceId}::uuid and a.removed_at is null
      and a.id is distinct from (select initial_agent_id from entitlement where workspace_id = ${workspaceId}::uuid)
    order by a.id
    limit ${limit}::integer offset ${offset}::integer`.execute(db)
  return rows.map(toChatbot)
}

export const findChatbot = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: AgentId
): Promise<Chatbot | undefined> => {
  const { rows } = await sql<Row>`
    ${chatbots}
    where a.workspace_id = ${workspaceId}::uuid and a.id = ${id}::bigint and a.removed_at is null`.execute(db)
  return rows.map(toChatbot)[0]
}

/** As `findChatbot`, holding other changes off. */
export const lockChatbot = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: AgentId
): Promise<Chatbot | undefined> => {
  await sql`
    select from agent where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint and removed_at is null
    for no key update`.execute(db)
  return findChatbot(db, workspaceId, id)
}

/** A token is encrypted already; undefined leaves the one before. */
export const storeChatbot = (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  chatbot: Chatbot,
  webhookToken: string | null | undefined
) =>
  sql`
    insert into chatbot as c (workspace_id, agent_id, content, webhook_token)
    values (${workspaceId}::uuid, ${chatbot.id}::bigint, ${json(encode(contentOf(chatbot)))}, ${webhookToken ?? null}::text)
    on conflict on constraint chatbot_pkey do update set
      content = excluded.content,
      webhook_token = case when ${webhookToken === undefined}::boolean then c.webhook_token else excluded.webhook_token end
    `.execute(db)
