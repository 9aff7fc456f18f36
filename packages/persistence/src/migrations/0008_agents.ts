import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

const statements = [
  `alter table agent
     add column version integer not null default 1,
     add column draft_name text,
     add column draft_settings jsonb,
     add column draft_revision integer not null default 0,
     add column removed_at timestamptz(3),
     add constraint agent_draft_check check
       (jsonb_typeof(draft_settings) = 'object' and draft_name is not null or draft_settings is null)`,
  `create index agent_listed_idx on agent (workspace_id, id) where removed_at is null`,
  `create table agent_version (
     workspace_id uuid not null,
     agent_id bigint not null,
     version integer not null,
     name text not null,
     settings jsonb,
     note text,
     published_by text,
     published_at timestamptz(3) not null default now(),
     constraint agent_version_pkey primary key (workspace_id, agent_id, version),
     constraint agent_version_agent_fkey foreign key (workspace_id, agent_id) references agent,
     constraint agent_version_settings_check check (jsonb_typeof(settings) = 'object')
   )`,
  `insert into agent_version (workspace_id, agent_id, version, name, settings, published_at)
   select workspace_id, id, version, name, settings, created_at from agent`,
  // Negative for a draft, null before versions were counted.
  `alter table turn add column agent_version integer`,
  `alter table api_key
     add column agent_id bigint,
     add constraint api_key_agent_fkey foreign key (workspace_id, agent_id) references agent`,
  `create index api_key_agent_idx on api_key (workspace_id, agent_id) where agent_id is not null`
]

/** Several agents in a workspace, each with a draft and all that was published, and keys whose turns one of them answers. */
export const agents: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
