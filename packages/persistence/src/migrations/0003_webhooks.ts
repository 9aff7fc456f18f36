import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/**
 * Endpoints, their secrets, what is owed to them, and replays. A delivery points at its message and turn; its body is made
 * from them when it is sent. Rows are changed at least once, so pages keep room for it.
 */
const statements = [
  // Tried or put off before: such heads have workers of their own, so that they never delay a first attempt.
  `alter table lane add column retrying boolean not null default false`,
  `drop index lane_due_idx`,
  `create index lane_due_idx on lane (kind, retrying, workspace_id, next_at) where next_at < 'infinity'`,
  `alter table api_key
     add column callback_hosts jsonb,
     add constraint api_key_callback_hosts_check check (jsonb_typeof(callback_hosts) = 'array')`,
  `create table webhook_endpoint (
     workspace_id uuid not null,
     id text collate "C" not null,
     url text not null,
     events jsonb not null,
     payload text not null,
     headers jsonb not null,
     ordered boolean not null,
     rate_per_minute integer,
     timeout_ms integer not null,
     enabled boolean not null,
     disabled_reason text,
     failing_since timestamptz(3),
     warnings smallint not null default 0,
     slowed_until timestamptz(3),
     slow_level smallint not null default 0,
     rate_places real not null default 0,
     rate_at timestamptz not null default 'epoch',
     created_at timestamptz(3) not null default now(),
     updated_at timestamptz(3) not null default now(),
     removed_at timestamptz(3),
     constraint webhook_endpoint_pkey primary key (workspace_id, id),
     constraint webhook_endpoint_workspace_fkey foreign key (workspace_id) references workspace,
     constraint webhook_endpoint_payload_check check (payload in ('example', 'dto')),
     constraint webhook_endpoint_reason_check check (disabled_reason in ('manual', 'gone', 'failing')),
     constraint webhook_endpoint_events_check check (jsonb_typeof(events) = 'array'),
     constraint webhook_endpoint_headers_check check (jsonb_typeof(headers) = 'object')
   ) with (fillfactor = 70)`,
  // The owner is an endpoint's id; the workspace's own secret, for its callbacks, has the empty one.
  `create table signing_secret (
     workspace_id uuid not null,
     owner text collate "C" not null,
     version integer not null,
     secret text not null,
     created_at timestamptz(3) not null default now(),
     expires_at timestamptz(3),
     constraint signing_secret_pkey primary key (workspace_id, owner, version),
     constraint signing_secret_workspace_fkey foreign key (workspace_id) references workspace
   )`,
  // "transaction" and "position" are the order in which commits become visible, for those who pull.
  `create table delivery (
     workspace_id uuid not null,
     id uuid not null default gen_random_uuid(),
     endpoint_id text collate "C",
     dialog_id text not null,
     conversation_id text not null,
     message_id bigint,
     turn_id bigint,
     lane_key text,
     lane_seq integer,
     status text not null default 'pending',
     round_start integer not null default 0,
     attempts jsonb not null default '[]',
     next_attempt_at timestamptz(3),
     created_at timestamptz(3) not null default now(),
     finished_at timestamptz(3),
     undelivered_at timestamptz(3),
     transaction xid8 not null default pg_current_xact_id(),
     position bigint generated always as identity,
     constraint delivery_pkey primary key (workspace_id, id),
     constraint delivery_lane_key unique (workspace_id, lane_key, lane_seq),
     constraint delivery_status_check check (status in ('pending', 'delivered', 'dead', 'skipped')),
     constraint delivery_attempts_check check (jsonb_typeof(attempts) = 'array')
   ) with (fillfactor = 50)`,
  `create index delivery_log_idx on delivery (workspace_id, endpoint_id, transaction, position)
     where endpoint_id is not null`,
  `create index delivery_created_idx on delivery (workspace_id, endpoint_id, created_at, position)
     where endpoint_id is not null`,
  // Set once, on the few that fail for good, so that the many keep the cheap update.
  `create index delivery_undelivered_idx on delivery (workspace_id, endpoint_id, created_at, position)
     where undelivered_at is not null`,
  // For removing what is past its time: the table is nearly in this order.
  `create index delivery_age_idx on delivery using brin (created_at)`,
  `create table webhook_replay (
     workspace_id uuid not null,
     id text collate "C" not null,
     endpoint_id text collate "C" not null,
     since timestamptz(3) not null,
     until timestamptz(3) not null,
     statuses jsonb not null,
     total integer not null,
     done integer not null default 0,
     last_created_at timestamptz(3) not null default '-infinity',
     last_position bigint not null default 0,
     created_at timestamptz(3) not null default now(),
     finished_at timestamptz(3),
     constraint webhook_replay_pkey primary key (workspace_id, id),
     constraint webhook_replay_endpoint_fkey foreign key (workspace_id, endpoint_id) references webhook_endpoint,
     constraint webhook_replay_statuses_check check (jsonb_typeof(statuses) = 'array')
   )`
]

export const webhooks: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
