import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `create table brand (
     workspace_id uuid not null,
     id bigint not null,
     name text not null,
     content jsonb not null,
     resend_api_key text,
     created_at timestamptz(3) not null default now(),
     updated_at timestamptz(3) not null default now(),
     constraint brand_pkey primary key (workspace_id, id),
     constraint brand_workspace_fkey foreign key (workspace_id) references workspace,
     constraint brand_content_check check (jsonb_typeof(content) = 'object')
   )`,
  // The workspace here is the reseller's; the user's own is a column, so that either can be on a server of its own.
  `create table whitelabel_user (
     workspace_id uuid not null,
     id bigint not null,
     brand_id bigint not null,
     email text not null,
     user_workspace_id uuid not null,
     api_key_id text,
     api_key text,
     created_at timestamptz(3) not null default now(),
     updated_at timestamptz(3) not null default now(),
     constraint whitelabel_user_pkey primary key (workspace_id, id),
     constraint whitelabel_user_brand_fkey foreign key (workspace_id, brand_id) references brand
   )`,
  `create unique index whitelabel_user_email_key on whitelabel_user (workspace_id, brand_id, lower(email))`,
  // Of white-label users' workspaces alone. Its row is changed in place with each message that is counted; one message too many
  // breaks the check, and so undoes the whole statement that would have stored it.
  `create table entitlement (
     workspace_id uuid not null,
     whitelabel_user_id bigint not null,
     email text not null,
     initial_agent_id bigint not null,
     chatbots_quota integer not null,
     links_quota integer not null,
     files_quota integer not null,
     combined_messages_quota integer not null,
     members_quota integer not null,
     features jsonb not null,
     message_month date not null default '-infinity',
     message_count integer not null default 0,
     within_messages boolean not null default true,
     constraint entitlement_pkey primary key (workspace_id),
     constraint entitlement_workspace_fkey foreign key (workspace_id) references workspace,
     constraint entitlement_features_check check (jsonb_typeof(features) = 'object'),
     constraint entitlement_messages_check check (within_messages)
   ) with (fillfactor = 50)`,
  // Keys that may do everything in their workspace still may.
  `update api_key set scopes = scopes || '["brands:read", "brands:write"]'
   where scopes @> '["turns:write", "dialogs:read", "dialogs:write", "contacts:read", "contacts:write", "knowledge:read",
                     "knowledge:write", "agents:read", "agents:write", "webhooks:read", "webhooks:write", "api-keys:write"]'`
]

/** Resellers' brands, their users, and what the workspaces of those are entitled to. */
export const whitelabel: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
