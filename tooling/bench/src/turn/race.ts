import postgres from "postgres"
import type { Bench } from "./Bench.ts"
import { callTurn } from "./callTurn.ts"
import { startApi } from "./Contestant.ts"
import { printTable, progress } from "./table.ts"

const CALLERS = 200
const RACES = 5

interface Rows {
  readonly contacts: number
  readonly dialogs: number
  readonly turns: number
  readonly gaps: number
  readonly overlaps: number
}

/** What the database holds of one contact; `gaps` counts numbers that are not in a row, `overlaps` turns begun before the one before had ended. */
const rowsOf = async (sql: postgres.Sql, userId: string): Promise<Rows> => {
  const [rows] = await sql<Array<Rows>>`
    with contact_of as (select workspace_id, id from contact where user_id = ${userId}),
    dialog_of as (select d.workspace_id, d.id from dialog d join contact_of c on c.workspace_id = d.workspace_id and c.id = d.contact_id),
    turn_of as (
      select t.seq - row_number() over (order by t.seq) <> 0 as gap,
             t.started_at < lag(t.finished_at) over (order by t.seq) as overlap
      from turn t join dialog_of d on d.workspace_id = t.workspace_id and d.id = t.dialog_id
      where t.status = 'completed'
    ),
    message_of as (
      select m.seq - row_number() over (order by m.seq) <> 0 as gap
      from message m join dialog_of d on d.workspace_id = m.workspace_id and d.id = m.dialog_id
    ),
    reply_of as (
      select t.seq < lag(t.seq) over (order by m.seq) as gap
      from message m
      join dialog_of d on d.workspace_id = m.workspace_id and d.id = m.dialog_id
      join turn t on t.workspace_id = m.workspace_id and t.id = m.turn_id
      where m.sender_type = 'agent'
    ),
    event_of as (
      select e.seq - row_number() over (order by e.seq) <> 0 as gap
      from dialog_event e join dialog_of d on d.workspace_id = e.workspace_id and d.id = e.dialog_id
    )
    select (select count(*)::integer from contact_of) as contacts,
           (select count(*)::integer from dialog_of) as dialogs,
           (select count(*)::integer from turn_of) as turns,
           (select count(*)::integer
            from (select gap from turn_of union all select gap from message_of union all select gap from reply_of
                  union all select gap from event_of) as every
            where gap) as gaps,
           (select count(*)::integer from turn_of where overlap) as overlaps`
  if (rows === undefined) throw new Error("the database answered nothing")
  return rows
}

/** Two hundred first messages of one new contact at the same time, some times over; the rows are looked at afterwards. Answers the errors. */
export const race = async ({ copyDatabase, key, questions }: Bench): Promise<ReadonlyArray<string>> => {
  const databaseUrl = await copyDatabase("bench_race")
  const api = await startApi({ key, databaseUrl })
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  try {
    const errors: Array<string> = []
    const seconds: Array<number> = []
    const worst = { contacts: 1, dialogs: 1, turns: CALLERS, gaps: 0, overlaps: 0 }
    for (let number = 1; number <= RACES; number += 1) {
      progress(`race ${number} of ${RACES}`)
      const userId = `race-${number}`
      const started = performance.now()
      const replies = await Promise.allSettled(
        Array.from({ length: CALLERS }, (_, place) =>
          callTurn(api.pool, key, questions[place % questions.length] ?? "?", { userId })
        )
      )
      seconds.push((performance.now() - started) / 1000)
      for (const reply of replies) if (reply.status === "rejected") errors.push(String(reply.reason))
      const rows = await rowsOf(sql, userId)
      worst.contacts = Math.max(worst.contacts, rows.contacts)
      worst.dialogs = Math.max(worst.dialogs, rows.dialogs)
      worst.turns = Math.min(worst.turns, rows.turns)
      worst.gaps = Math.max(worst.gaps, rows.gaps)
      worst.overlaps = Math.max(worst.overlaps, rows.overlaps)
      const wrong = rows.contacts !== 1 || rows.dialogs !== 1 || rows.turns !== CALLERS || rows.gaps + rows.overlaps > 0
      if (wrong) errors.push(`race ${number}: ${JSON.stringify(rows)}`)
    }
    printTable(
      `${CALLERS} first messages of one new contact`,
      ["wanted", "worst"],
      [
        { name: "contacts", baseline: 1, value: worst.contacts, bound: { of: "ratio", at: "most", limit: 1 } },
        { name: "dialogs", baseline: 1, value: worst.dialogs, bound: { of: "ratio", at: "most", limit: 1 } },
        {
          name: "completed turns",
          baseline: CALLERS,
          value: worst.turns,
          bound: { of: "ratio", at: "least", limit: 1 }
        },
        { name: "gaps or disorder in numbers", value: worst.gaps, bound: { of: "value", at: "most", limit: 0 } },
        { name: "turns that overlap", value: worst.overlaps, bound: { of: "value", at: "most", limit: 0 } },
        { name: "errors", value: errors.length, bound: { of: "value", at: "most", limit: 0 } },
        { name: "seconds until all are answered", value: Math.max(...seconds) }
      ]
    )
    return errors
  } finally {
    await Promise.all([api.stop(), sql.end()])
  }
}
