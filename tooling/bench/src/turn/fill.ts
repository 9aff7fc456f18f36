import postgres from "postgres"

export interface Filling {
  readonly dialogs: number
  /** An even number: each message of the contact has its reply. */
  readonly messagesEach: number
}

/** The dialog's number to its id. */
export const filledDialogId = (number: number): string => `dlg_filled_${number}`

/** Numbers of turns leave room for so many in a dialog, and stay far below every snowflake. */
const TURNS_AT_MOST = 100_000

/**
 * Stores dialogs that have taken place, over the last 30 days, as the product would have: logs and replies are those of the turns that are
 * there already. Dialogs are interleaved, as they are in life, so that one's rows lie scattered.
 */
export const fill = async (databaseUrl: string, { dialogs, messagesEach }: Filling): Promise<void> => {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  const turns = messagesEach / 2
  const dialog = sql`${filledDialogId(0).slice(0, -1)}::text || n`
  try {
    await sql.begin(async (tx) => {
      // The rows are right by construction; checking each against its dialog takes longer than storing it.
      await tx`set local session_replication_role = replica`
      await tx`
        create temporary table sample on commit drop as
        select row_number() over (order by t.id) - 1 as place, t.agent_logs, t.steps, q.content as query, r.content as reply
        from turn t
        join message q on q.workspace_id = t.workspace_id and q.id = t.inbound_message_id
        join message r on r.workspace_id = t.workspace_id and r.turn_id = t.id and r.sender_type = 'agent'`
      await tx`
        create temporary table fill on commit drop as
        select w.workspace_id, w.default_agent_id, n, s, n::bigint * ${TURNS_AT_MOST} + s as id,
               (n + s) % (select count(*) from sample) as place, ${dialog} as dialog_id,
               now() - interval '30 days' * (1 - (s - 1 + n::float8 / ${dialogs}) / ${turns}) as at
        from workspace w, generate_series(1, ${turns}::integer) s, generate_series(1, ${dialogs}::integer) n`
      await tx`analyze sample, fill`
      await tx`
        insert into contact (workspace_id, id, user_id, active_dialog_id, created_at)
        select workspace_id, n, 'filled-' || n, dialog_id, at from fill where s = 1`
      await tx`
        insert into dialog (workspace_id, id, contact_id, agent_id, channel, channel_id, session_id, conversation_id, message_count,
                            event_count, created_at)
        select workspace_id, dialog_id, n, default_agent_id, '{"type":"API"}', 'c' || md5(id::text), 's' || md5(id::text), 'v' || md5(id::text),
               ${messagesEach}::integer, ${messagesEach * 2}::integer, at
        from fill where s = 1`
      await tx`
        insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, next_at)
        select workspace_id, 'turn', dialog_id, ${turns}::integer, ${turns}::integer, 0, 'infinity' from fill where s = 1`
      await tx`
        insert into turn (workspace_id, id, dialog_id, seq, contact_id, agent_id, inbound_message_id, status, attempts,
                          agent_logs, steps, created_at, started_at, finished_at)
        select f.workspace_id, f.id, f.dialog_id, f.s, f.n, f.default_agent_id, f.id * 2, 'completed', 1, t.agent_logs,
               t.steps, at, at, at
        from fill f join sample t using (place)`
      await tx`
        insert into message (workspace_id, id, dialog_id, seq, turn_id, sender_type, sender_id, content_type, content,
                             channel, created_at)
        select f.workspace_id, f.id * 2 + side, f.dialog_id, f.s * 2 - 1 + side, f.id,
               case side when 0 then 'contact' else 'agent' end,
               case side when 0 then f.n else f.default_agent_id end::text, 'text',
               case side when 0 then t.query else t.reply end, '{"type":"API"}', at
        from fill f
        join sample t using (place)
        cross join generate_series(0, 1) side`
      await tx`
        insert into dialog_event (workspace_id, dialog_id, seq, type, payload, at)
        select f.workspace_id, f.dialog_id, f.s * 4 - 3 + e.place, e.type,
               case e.place % 3
                 when 0 then jsonb_build_object('turnId', f.id::text)
                 else jsonb_build_object('messageId', (f.id * 2 + e.place - 1)::text, 'sequence', f.s * 2 - 2 + e.place)
               end, at
        from fill f
        cross join (values (0, 'turn.accepted'), (1, 'message.created'), (2, 'message.created'), (3, 'turn.completed'))
          as e (place, type)`
    })
    await sql.unsafe("vacuum analyze")
  } finally {
    await sql.end()
  }
}
