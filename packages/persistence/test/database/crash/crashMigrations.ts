import { sql } from "kysely"
import type { Migration } from "kysely/migration"

/** Enough statements to be killed among. */
const tables = Array.from({ length: 60 }, (_, n) => `filler_${n}`)

export const crashMigrations: Readonly<Record<string, Migration>> = {
  "0001_kept": {
    up: async (db) => {
      for (const table of tables)
        await sql`create table ${sql.id(table)} (id int8 primary key, at timestamptz)`.execute(db)
      await sql`create table kept (id int4 primary key, filling text not null)`.execute(db)
    }
  }
}
