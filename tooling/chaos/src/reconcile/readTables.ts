import postgres from "postgres"

export interface TurnRow {
  readonly id: string
  readonly dialog_id: string
  readonly seq: number
  readonly status: string
  readonly attempts: number
  /** Why it failed. */
  readonly error: string | null
  readonly query: string
  readonly seconds: number
  readonly finished: number
}

export interface MessageRow {
  readonly id: string
  readonly dialog_id: string
  readonly seq: number
  readonly turn_id: string
  readonly sender_type: "contact" | "agent"
  readonly content: string
}

export interface DeliveryRow {
  readonly id: string
  readonly endpoint_id: string | null
  readonly dialog_id: string
  readonly message_id: string
  readonly turn_id: string
  readonly status: string
  readonly attempts: number
}

/** What the service has stored, each in its own order. */
export interface Tables {
  readonly turns: ReadonlyArray<TurnRow>
  readonly messages: ReadonlyArray<MessageRow>
  readonly deliveries: ReadonlyArray<DeliveryRow>
  /** Dialogs whose counters, events or lanes do not add up. */
  readonly crooked: ReadonlyArray<string>
  /** Turns that have left behind what they told while they ran. */
  readonly untidy: ReadonlyArray<string>
}

const idsOf = (rows: ReadonlyArray<{ readonly id: string }>) => rows.map(({ id }) => id)

const open = (url: string) => postgres(url, { max: 1, fetch_types: false, onnotice: () => {} })

/** Whether nothing is left to run or to send. */
export const isQuiet = async (url: string): Promise<boolean> => {
  const sql = open(url)
  try {
    const rows = await sql`
      select 1 from turn where status in ('queued', 'running')
      union all select 1 from delivery where status = 'pending'
      limit 1`
    return rows.length === 0
  } finally {
    await sql.end({ timeout: 0 })
  }
}

export const readTables = async (url: string): Promise<Tables> => {
  const sql = open(url)
  try {
    const turns = await sql<Array<TurnRow>>`
      select t.id, t.dialog_id, t.seq, t.status, t.attempts, t.error ->> 'type' as error, m.content as query,
             extract(epoch from t.finished_at - t.created_at)::float8 as seconds,
             extract(epoch from t.finished_at)::float8 as finished
      from turn t
      join message m on m.workspace_id = t.workspace_id and m.id = t.inbound_message_id
      order by t.dialog_id, t.seq`
    const messages = await sql<Array<MessageRow>>`
      select id, dialog_id, seq, turn_id, sender_type, content from message order by dialog_id, seq`
    const deliveries = await sql<Array<DeliveryRow>>`
      select id, endpoint_id, dialog_id, message_id, turn_id, status, jsonb_array_length(attempts) as attempts
      from delivery order by created_at`
    const crooked = await sql<Array<{ id: string }>>`
      select d.id from dialog d
      where d.message_count <> (select count(*) from message m where m.dialog_id = d.id)
         or d.event_count <> (select count(*) from dialog_event e where e.dialog_id = d.id)
         or d.event_count <> (select coalesce(max(e.seq), 0) from dialog_event e where e.dialog_id = d.id)
      union all
      select l.key from lane l where l.done_seq <> l.last_seq or l.next_at <> 'infinity'`
    const untidy = await sql<Array<{ id: string }>>`select distinct turn_id as id from turn_progress`
    return { turns, messages, deliveries, crooked: idsOf(crooked), untidy: idsOf(untidy) }
  } finally {
    await sql.end({ timeout: 0 })
  }
}
