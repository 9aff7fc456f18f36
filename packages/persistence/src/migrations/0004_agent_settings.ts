import { type Kysely, sql } from "kysely"

/** An agent's instructions and model; null, as for most, is an agent without any. */
const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table agent
      add column settings jsonb,
      add constraint agent_settings_check check (jsonb_typeof(settings) = 'object')
  `.execute(db)
}

export const agentSettings = { up }
