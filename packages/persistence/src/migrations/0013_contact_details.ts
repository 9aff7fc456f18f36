import { type Kysely, sql } from "kysely"

/** What contacts have told of themselves. */
const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table contact
      add column details jsonb not null default '{}',
      add constraint contact_details_check check (jsonb_typeof(details) = 'object')
  `.execute(db)
}

export const contactDetails = { up }
