import postgres from "postgres"

export interface Queue {
  readonly workspaces: number
  /** Of all workspaces together. */
  readonly dialogs: number
  readonly turnsEach: number
  /** Leaves the workspace that is there as it is, whatever `workspaces` is. */
  readonly beside?: boolean
}

/** Numbers of turns leave room for so many in a dialog, and stay far below every snowflake. */
const TURNS_AT_MOST = 100_000

/**
 * Stores turns that wait in line, accepted during the last hour: in the workspace that is there when `workspaces` is 1, else in
 * new ones beside it. Dialogs are interleaved, as they are in life.
 */
export const fillQueue = async (
  databaseUrl: string,
  { beside = false, dialogs, turnsEach, workspaces }: Queue
): Promise<void> => {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  try {
    await sql.begin(async (tx) => {
      // The rows are right by construction; checking each against its dialog takes longer than storing it.
      await tx`set local session_replication_role = replica`
      await tx`
        create temporary table tenant on commit drop as
        select n - 1 as place, default_agent_id,
               case when ${workspaces === 1 && !beside}::boolean then workspace_id else md5('queue-' || n)::uuid end as workspace_id
        from workspace, generate_series(1, ${workspaces}::integer) n`
      await tx`
        insert into workspace (workspace_id, name, default_agent_id)
        select workspace_id, 'queue', default_agent_id from tenant on conflict do nothing`
      await tx`
        insert into agent (workspace_id, id, name)
        select workspace_id, default_agent_id, 'agent' from tenant on conflict do nothing`
      await tx`
        create temporary table question on commit drop as
        select row_number() over (order by t.id) - 1 as place, m.content
        from turn t join message m on m.workspace_id = t.workspace_id and m.id = t.inbound_message_id`
      await tx`
        create temporary table waiting on commit drop as
        select w.workspace_id, w.default_agent_id, n, s, n::bigint * ${TURNS_AT_MOST} + s as id, 'dlg_queue_' || n as dialog_id,
               (n + s) % (select count(*) from question) as place,
               now() - interval '1 hour' * (1 - ((s - 1) * ${dialogs}::float8 + n) / ${dialogs * turnsEach + 1}) as at
        from generate_series(1, ${turnsEach}::integer) s,
             generate_series(1, ${dialogs}::integer) n
             join tenant w on w.place = n % ${workspaces}::integer`
      await tx`analyze tenant, question, waiting`
      await tx`
        insert into contact (workspace_id, id, user_id, active_dialog_id, created_at)
        select workspace_id, n, 'queue-' || n, dialog_id, at from waiting where s = 1`
      await tx`
        insert into dialog (workspace_id, id, contact_id, agent_id, channel, channel_id, session_id, conversation_id, message_count,
                            event_count, created_at)
        select workspace_id, dialog_id, n, default_agent_id, '{"type":"API"}', 'c' || md5(id::text), 's' || md5(id::text), 'v' || md5(id::text),
               ${turnsEach}::integer, ${turnsEach * 2}::integer, at
        from waiting where s = 1`
      await tx`
        insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, next_at)
        select workspace_id, 'turn', dialog_id, ${turnsEach}::integer, 0, 0, at from waiting where s = 1`
      await tx`
        insert into turn (workspace_id, id, dialog_id, seq, contact_id, agent_id, inbound_message_id, status, created_at)
        select workspace_id, id, dialog_id, s, n, default_agent_id, id, 'queued', at from waiting`
      await tx`
        insert into message (workspace_id, id, dialog_id, seq, turn_id, sender_type, sender_id, content_type, content,
                             channel, created_at)
        select w.workspace_id, w.id, w.dialog_id, w.s, w.id, 'contact', w.n::text, 'text', q.content, '{"type":"API"}', w.at
        from waiting w join question q using (place)`
      await tx`
        insert into dialog_event (workspace_id, dialog_id, seq, type, payload, at)
        select w.workspace_id, w.dialog_id, w.s * 2 - 1 + e.place, e.type,
               case e.place when 0 then jsonb_build_object('turnId', w.id::text)
                            else jsonb_build_object('messageId', w.id::text, 'sequence', w.s) end, w.at
        from waiting w cross join (values (0, 'turn.accepted'), (1, 'message.created')) as e (place, type)`
    })
    await sql.unsafe("vacuum analyze")
  } finally {
    await sql.end()
  }
}
