/** The floor's two transactions: what a turn begins with, and what it ends with. */
import { randomUUID } from "node:crypto"
import postgres from "postgres"

export const sql = postgres(process.env["DATABASE_URL"] ?? "", { max: Number(process.env["POOL_SIZE"] ?? 10) })

export const refusal = (statusCode: number, message: string) => Object.assign(new Error(message), { statusCode })

let sequence = 0n
const snowflake = (): string => String((BigInt(Date.now() - Date.UTC(2024, 0, 1)) << 22n) | (sequence++ & 0x3fffffn))
const cuid = (): string => `c${randomUUID().replaceAll("-", "").slice(0, 23)}`
const newDialogId = (): string =>
  `dlg_${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${cuid().slice(1, 17)}`

export interface Caller {
  readonly workspace: string
  readonly agent: string
  readonly agentName: string
  readonly digest: Uint8Array
  readonly allowed: boolean
}

export interface Request {
  readonly query: string
  readonly dialogId?: string
  readonly userId?: string
}

interface Place {
  readonly contact: string
  readonly dialog: string
  readonly turnSeq: number
  readonly messageCount: number
  readonly eventCount: number
}

/** A new dialog, of the known contact or of a new one. */
const open = async (
  tx: postgres.TransactionSql,
  { agent, workspace }: Pick<Caller, "agent" | "workspace">,
  token: string,
  known: string | null,
  userId: string | null
): Promise<Place> => {
  const dialog = newDialogId()
  const contact = known ?? snowflake()
  await Promise.all([
    known === null
      ? tx`insert into contact (workspace_id, id, user_id, active_dialog_id)
           values (${workspace}, ${contact}, ${userId}, ${dialog})`
      : tx`update contact set active_dialog_id = ${dialog} where workspace_id = ${workspace} and id = ${contact}`,
    tx`insert into dialog (workspace_id, id, contact_id, agent_id, channel, channel_id, session_id, conversation_id,
                           message_count, event_count)
       values (${workspace}, ${dialog}, ${contact}, ${agent}, ${tx.json({ type: "API" })}, ${cuid()}, ${cuid()}, ${cuid()}, 1, 2)`,
    tx`insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, lease_token, next_at)
       values (${workspace}, 'turn', ${dialog}, 1, 0, 1, ${token}, clock_timestamp() + interval '30 seconds')`
  ])
  return { contact, dialog, turnSeq: 1, messageCount: 1, eventCount: 2 }
}

/** The next turn of a dialog: its lane is locked first, and refused while another turn runs in it. */
const go = async (
  tx: postgres.TransactionSql,
  workspace: string,
  token: string,
  contact: string,
  dialog: string
): Promise<Place> => {
  const [[lane], [counts]] = await Promise.all([
    tx<Array<Pick<Place, "turnSeq">>>`
      update lane set last_seq = last_seq + 1, attempts = 1, lease_token = ${token},
                      next_at = clock_timestamp() + interval '30 seconds'
      where workspace_id = ${workspace} and kind = 'turn' and key = ${dialog} and next_at = 'infinity'
      returning last_seq as "turnSeq"`,
    tx<Array<Pick<Place, "messageCount" | "eventCount">>>`
      update dialog set message_count = message_count + 1, event_count = event_count + 2, last_active_at = now()
      where workspace_id = ${workspace} and id = ${dialog}
      returning message_count as "messageCount", event_count as "eventCount"`,
    tx`update contact set active_dialog_id = ${dialog}
       where workspace_id = ${workspace} and id = ${contact} and active_dialog_id is distinct from ${dialog}`
  ])
  if (lane === undefined || counts === undefined) throw refusal(409, "dialog_busy")
  return { contact, dialog, ...lane, ...counts }
}

interface Facts {
  readonly contact: string | null
  readonly active: string | null
  readonly owner: string | null
}

/** The first transaction: contact, dialog, lane, message, turn and two events. */
export const accept = ({ agent, workspace }: Caller, { dialogId = "", query, userId = "" }: Request) =>
  sql.begin(async (tx) => {
    const [facts] = await tx<Array<Facts>>`
      select c.id as contact, c.active_dialog_id as active, d.contact_id as owner
      from workspace w
      left join contact c on c.workspace_id = w.workspace_id and c.user_id = ${userId}
      left join dialog d on d.workspace_id = w.workspace_id and d.id = ${dialogId}
      where w.workspace_id = ${workspace}`
    const { active = null, contact: known = null, owner = null } = facts ?? {}
    if (dialogId !== "" && owner === null) throw refusal(404, "dialog_not_found")
    if (dialogId !== "" && userId !== "" && known !== owner) throw refusal(403, "dialog_contact_mismatch")

    const token = snowflake()
    const turn = snowflake()
    const messageId = snowflake()
    const dialog = dialogId === "" ? active : dialogId
    const contact = owner ?? known
    const place =
      dialog === null || contact === null
        ? await open(tx, { agent, workspace }, token, contact, userId === "" ? null : userId)
        : await go(tx, workspace, token, contact, dialog)
    await Promise.all([
      tx`insert into message (workspace_id, id, dialog_id, seq, turn_id, sender_type, sender_id, content_type, content,
                              attachments, channel)
         values (${workspace}, ${messageId}, ${place.dialog}, ${place.messageCount}, ${turn}, 'contact', ${place.contact},
                 'text', ${query}, ${tx.json([])}, ${tx.json({ type: "API" })})`,
      tx`insert into turn (workspace_id, id, dialog_id, seq, contact_id, agent_id, inbound_message_id, status, attempts,
                           started_at)
         values (${workspace}, ${turn}, ${place.dialog}, ${place.turnSeq}, ${place.contact}, ${agent}, ${messageId},
                 'running', 1, clock_timestamp())`,
      tx`insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
         values (${workspace}, ${place.dialog}, ${place.eventCount - 1}, 'turn.accepted', ${tx.json({ turnId: turn })}),
                (${workspace}, ${place.dialog}, ${place.eventCount}, 'message.created',
                 ${tx.json({ messageId, sequence: place.messageCount })})`
    ])
    return { contact: place.contact, dialog: place.dialog, token, turn }
  })

/** What is to be stored of an answer. */
export interface Answer {
  readonly text: string
  readonly agentLogs: postgres.JSONValue
  readonly steps: postgres.JSONValue
  readonly timeline: ReadonlyArray<number>
  readonly tokens: { readonly input: number; readonly output: number } | null
}

type Accepted = Awaited<ReturnType<typeof accept>>

/** The second transaction, fenced by the lease: lane, dialog, reply, the turn's end and two events. */
export const end = (
  { agent, workspace }: Caller,
  { contact, dialog, token, turn }: Accepted,
  { agentLogs, steps, text, timeline, tokens }: Answer
) =>
  sql.begin(async (tx) => {
    const [{ count: leases }, [counts]] = await Promise.all([
      tx`update lane set done_seq = done_seq + 1, attempts = 0, lease_token = null,
                         next_at = case when last_seq > done_seq + 1 then clock_timestamp() else 'infinity' end
         where workspace_id = ${workspace} and kind = 'turn' and key = ${dialog} and lease_token = ${token}`,
      tx<Array<Pick<Place, "messageCount" | "eventCount">>>`
        update dialog set message_count = message_count + 1, event_count = event_count + 2, last_active_at = now()
        where workspace_id = ${workspace} and id = ${dialog}
        returning message_count as "messageCount", event_count as "eventCount"`
    ])
    if (leases === 0 || counts === undefined) throw refusal(500, "the lease was lost")
    const messageId = snowflake()
    await Promise.all([
      ...(tokens === null
        ? []
        : [
            tx`insert into contact_model_use as u (workspace_id, contact_id, day, calls, input_tokens, output_tokens, cost)
               values (${workspace}, ${contact}, current_date, 1, ${tokens.input}, ${tokens.output}, 0)
               on conflict (workspace_id, contact_id, day) do update set calls = u.calls + 1,
                 input_tokens = u.input_tokens + excluded.input_tokens,
                 output_tokens = u.output_tokens + excluded.output_tokens`,
            tx`insert into workspace_model_use as u (workspace_id, month, share, calls, input_tokens, output_tokens, cost)
               values (${workspace}, date_trunc('month', current_date)::date, floor(random() * 16), 1, ${tokens.input},
                       ${tokens.output}, 0)
               on conflict (workspace_id, month, share) do update set calls = u.calls + 1,
                 input_tokens = u.input_tokens + excluded.input_tokens,
                 output_tokens = u.output_tokens + excluded.output_tokens`
          ]),
      tx`update turn set status = 'completed', agent_logs = ${tx.json(agentLogs)}, steps = ${tx.json(steps)},
                         timeline = ${tx.json(timeline)}, finished_at = clock_timestamp()
         where workspace_id = ${workspace} and id = ${turn}`,
      tx`insert into message (workspace_id, id, dialog_id, seq, turn_id, sender_type, sender_id, content_type, content,
                              channel)
         values (${workspace}, ${messageId}, ${dialog}, ${counts.messageCount}, ${turn}, 'agent', ${agent}, 'text', ${text},
                 ${tx.json({ type: "API" })})`,
      tx`insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
         values (${workspace}, ${dialog}, ${counts.eventCount - 1}, 'message.created',
                 ${tx.json({ messageId, sequence: counts.messageCount })}),
                (${workspace}, ${dialog}, ${counts.eventCount}, 'turn.completed', ${tx.json({ turnId: turn })})`
    ])
  })
