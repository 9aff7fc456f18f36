import type { AgentId, DialogId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** So many threads are stepped over at most to get to a page. */
export const STRIDE = 1000

/** As many threads as one statement marks; what is left is marked by the next. */
const AT_ONCE = 100_000

export interface Chatbot {
  readonly workspaceId: WorkspaceId
  readonly chatbotId: AgentId
}

/** How many threads there are, and how many of them no mark covers although they are old enough to. */
export interface Extent {
  readonly total: number
  readonly unmarked: number
}

/** A thread that is being stored now may turn up behind younger ones, but not this much later. */
const settled = sql`now() - interval '1 minute'`

const ofChatbot = ({ chatbotId, workspaceId }: Chatbot) =>
  sql`d.workspace_id = ${workspaceId}::uuid and d.agent_id = ${chatbotId}::bigint`

const lastMark = ({ chatbotId, workspaceId }: Chatbot) => sql`
  select coalesce(max(rank), 0) as rank, coalesce(max(created_at), '-infinity') as created_at,
         coalesce(max(dialog_id), '') as dialog_id
  from (
    select rank, created_at, dialog_id from thread_mark
    where workspace_id = ${workspaceId}::uuid and agent_id = ${chatbotId}::bigint
    order by rank desc
    limit 1
  ) newest`

/** Counts what lies behind the last mark only. */
export const threadExtent = async (db: Kysely<DB>, chatbot: Chatbot): Promise<Extent> => {
  const { rows } = await sql<Extent>`
    with mark as materialized (${lastMark(chatbot)})
    select (mark.rank + count(d.id))::float8 as total,
           (count(d.id) filter (where d.created_at < ${settled}))::float8 as unmarked
    from mark
    left join dialog d on ${ofChatbot(chatbot)} and (d.created_at, d.id) > (mark.created_at, mark.dialog_id)
    group by mark.rank`.execute(db)
  return rows[0] ?? { total: 0, unmarked: 0 }
}

/** Marks every thousandth thread that lies behind the last mark. */
export const markThreads = (db: Kysely<DB>, chatbot: Chatbot) =>
  sql`
    with mark as materialized (${lastMark(chatbot)}),
    unmarked as (
      select d.created_at, d.id
      from mark
      join dialog d
        on ${ofChatbot(chatbot)} and (d.created_at, d.id) > (mark.created_at, mark.dialog_id)
          and d.created_at < ${settled}
      order by d.created_at, d.id
      limit ${AT_ONCE}::integer
    ),
    ranked as (
      select mark.rank + row_number() over (order by u.created_at, u.id) as rank, u.created_at, u.id
      from mark, unmarked u
    )
    insert into thread_mark (workspace_id, agent_id, rank, created_at, dialog_id)
    select ${chatbot.workspaceId}::uuid, ${chatbot.chatbotId}::bigint, rank, created_at, id
    from ranked
    where rank % ${STRIDE}::integer = 0
    on conflict on constraint thread_mark_pkey do nothing`.execute(db)

/** The ids of the threads with the ranks `from` to `to`, oldest first, from the mark before them. */
export const threadsRanked = async (
  db: Kysely<DB>,
  chatbot: Chatbot,
  from: number,
  to: number
): Promise<ReadonlyArray<DialogId>> => {
  const { chatbotId, workspaceId } = chatbot
  const { rows } = await sql<{ readonly id: DialogId }>`
    with mark as materialized (
      select coalesce(max(rank), 0) as rank, coalesce(max(created_at), '-infinity') as created_at,
             coalesce(max(dialog_id), '') as dialog_id
      from thread_mark
      where workspace_id = ${workspaceId}::uuid and agent_id = ${chatbotId}::bigint
        and rank = (${from}::bigint - 1) / ${STRIDE}::integer * ${STRIDE}::integer
    )
    select d.id
    from dialog d
    where ${ofChatbot(chatbot)}
      and (d.created_at, d.id) > ((select created_at from mark), (select dialog_id from mark))
    order by d.created_at, d.id
    limit ${to - from + 1}::integer
    offset (${from}::bigint - 1 - (select rank from mark))`.execute(db)
  return rows.map(({ id }) => id)
}

/** The ids of the newest threads behind the first `offset`, newest first. */
export const newestThreads = async (
  db: Kysely<DB>,
  chatbot: Chatbot,
  offset: number,
  limit: number
): Promise<ReadonlyArray<DialogId>> => {
  const { rows } = await sql<{ readonly id: DialogId }>`
    select d.id
    from dialog d
    where ${ofChatbot(chatbot)}
    order by d.created_at desc, d.id desc
    limit ${limit}::integer offset ${offset}::integer`.execute(db)
  return rows.map(({ id }) => id)
}
