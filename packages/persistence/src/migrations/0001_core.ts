import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/** Tenants, keys, contacts, dialogs, messages, turns and their lanes. Every key begins with the workspace. */
const statements = [
  `create table workspace (
     workspace_id uuid not null,
     name text not null,
     default_agent_id bigint not null,
     created_at timestamptz(3) not null default now(),
     constraint workspace_pkey primary key (workspace_id)
   )`,
  `create table agent (
     workspace_id uuid not null,
     id bigint not null,
     name text not null,
     created_at timestamptz(3) not null default now(),
     constraint agent_pkey primary key (workspace_id, id),
     constraint agent_workspace_fkey foreign key (workspace_id) references workspace
   )`,
  `create table api_key (
     workspace_id uuid not null,
     id text not null,
     name text not null,
     scopes jsonb not null,
     digest bytea not null,
     created_at timestamptz(3) not null default now(),
     expires_at timestamptz(3),
     revoked_at timestamptz(3),
     constraint api_key_pkey primary key (workspace_id, id),
     constraint api_key_workspace_fkey foreign key (workspace_id) references workspace,
     constraint api_key_scopes_check check (jsonb_typeof(scopes) = 'array')
   )`,
  // A caller shows the key's id alone: this is the one look-up that finds the workspace instead of being given it.
  `create index api_key_id_idx on api_key (id)`,
  `create table contact (
     workspace_id uuid not null,
     id bigint not null,
     user_id text,
     active_dialog_id text,
     created_at timestamptz(3) not null default now(),
     constraint contact_pkey primary key (workspace_id, id),
     constraint contact_user_key unique (workspace_id, user_id),
     constraint contact_workspace_fkey foreign key (workspace_id) references workspace
   )`,
  `create table dialog (
     workspace_id uuid not null,
     id text not null,
     contact_id bigint not null,
     channel jsonb not null,
     mode text not null default 'ai',
     channel_id text not null,
     session_id text not null,
     conversation_id text not null,
     message_count integer not null default 0,
     event_count integer not null default 0,
     created_at timestamptz(3) not null default now(),
     last_active_at timestamptz(3) not null default now(),
     constraint dialog_pkey primary key (workspace_id, id),
     constraint dialog_contact_fkey foreign key (workspace_id, contact_id) references contact,
     constraint dialog_mode_check check (mode in ('ai', 'human')),
     constraint dialog_channel_check check (jsonb_typeof(channel) = 'object')
   ) with (fillfactor = 80)`,
  `create index dialog_created_idx on dialog (workspace_id, created_at, id)`,
  `create index dialog_contact_idx on dialog (workspace_id, contact_id, created_at, id)`,
  `create table lane (
     workspace_id uuid not null,
     kind text not null,
     key text not null,
     last_seq integer not null,
     done_seq integer not null,
     attempts integer not null,
     next_at timestamptz not null,
     lease_token bigint,
     quiet_seq integer,
     quiet_until timestamptz,
     constraint lane_pkey primary key (workspace_id, kind, key),
     constraint lane_seq_check check (done_seq <= last_seq)
   ) with (fillfactor = 70)`,
  `create index lane_due_idx on lane (kind, workspace_id, next_at) where next_at < 'infinity'`,
  `create table message (
     workspace_id uuid not null,
     id bigint not null,
     dialog_id text not null,
     seq integer not null,
     turn_id bigint,
     sender_type text not null,
     sender_id text,
     content_type text not null,
     content text not null,
     url text not null default '',
     attachments jsonb not null default '[]',
     channel jsonb not null,
     created_at timestamptz(3) not null default now(),
     constraint message_pkey primary key (workspace_id, id),
     constraint message_dialog_seq_key unique (workspace_id, dialog_id, seq),
     constraint message_dialog_fkey foreign key (workspace_id, dialog_id) references dialog,
     constraint message_sender_check check (sender_type in ('contact', 'agent', 'person', 'system')),
     constraint message_attachments_check check (jsonb_typeof(attachments) = 'array'),
     constraint message_channel_check check (jsonb_typeof(channel) = 'object')
   )`,
  `create index message_turn_idx on message (workspace_id, turn_id)`,
  `create table turn (
     workspace_id uuid not null,
     id bigint not null,
     dialog_id text not null,
     seq integer,
     contact_id bigint not null,
     agent_id bigint not null,
     inbound_message_id bigint not null,
     status text not null,
     attempts integer not null default 0,
     send_webhook text,
     agent_logs jsonb not null default '[]',
     steps jsonb not null default '[]',
     timeline jsonb not null default '[]',
     error jsonb,
     answered_by bigint,
     created_at timestamptz(3) not null default now(),
     started_at timestamptz(3),
     finished_at timestamptz(3),
     constraint turn_pkey primary key (workspace_id, id),
     constraint turn_dialog_seq_key unique (workspace_id, dialog_id, seq),
     constraint turn_dialog_fkey foreign key (workspace_id, dialog_id) references dialog,
     constraint turn_status_check check
       (status in ('queued', 'running', 'completed', 'failed', 'cancelled', 'superseded', 'coalesced')),
     constraint turn_agent_logs_check check (jsonb_typeof(agent_logs) = 'array'),
     constraint turn_steps_check check (jsonb_typeof(steps) = 'array'),
     constraint turn_timeline_check check (jsonb_typeof(timeline) = 'array'),
     constraint turn_error_check check (jsonb_typeof(error) = 'object')
   ) with (fillfactor = 80)`,
  `create index turn_answered_by_idx on turn (workspace_id, answered_by) where answered_by is not null`,
  `create table turn_progress (
     workspace_id uuid not null,
     turn_id bigint not null,
     n integer not null,
     event jsonb not null,
     constraint turn_progress_pkey primary key (workspace_id, turn_id, n),
     constraint turn_progress_event_check check (jsonb_typeof(event) = 'object')
   )`,
  `create table idempotency_key (
     workspace_id uuid not null,
     route text not null,
     key text not null,
     fingerprint text not null,
     turn_id bigint not null,
     dialog_id text not null,
     created_at timestamptz(3) not null default now(),
     constraint idempotency_key_pkey primary key (workspace_id, route, key)
   )`,
  `create index idempotency_key_created_idx on idempotency_key (created_at)`,
  `create table dialog_event (
     workspace_id uuid not null,
     dialog_id text not null,
     seq integer not null,
     type text not null,
     payload jsonb not null,
     at timestamptz(3) not null default now(),
     constraint dialog_event_pkey primary key (workspace_id, dialog_id, seq, at),
     constraint dialog_event_payload_check check (jsonb_typeof(payload) = 'object')
   ) partition by range (at)`,
  `create table dialog_event_default partition of dialog_event default`,
  // Numbers the processes, so that snowflakes made at the same moment differ.
  `create sequence process_number`
]

export const core: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
