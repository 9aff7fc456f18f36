import type { PGlite } from "@electric-sql/pglite"

/** Other for every relation, column, constraint, function or trigger that is new or gone, and for every migration. */
const SCHEMA = `
  select concat_ws(' ',
    (select md5(string_agg(oid::text, ' ' order by oid)) from pg_class where relnamespace = 'public'::regnamespace),
    (select md5(string_agg(oid::text, ' ' order by oid)) from pg_constraint),
    (select count(*) from pg_attribute where not attisdropped),
    (select count(*) || ' ' || max(oid) from pg_proc),
    (select count(*) || ' ' || max(oid) from pg_trigger),
    (select count(*) from kysely_migration)) as schema`

/** A table that migrations have given pages keeps them: those of the migrations themselves, and those that plans rest on. */
const WITH_PAGES = `
  select oid::int4 as oid from pg_class
  where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0`

const USED = `
  select oid::int4 as oid, oid::regclass::text as name, oid > $1::int8 as made from pg_class
  where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
    and (oid > $1::int8 or relkind = 'r' and pg_relation_size(oid) > 0)`

const ADVANCED = `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where last_value is not null`

/** Rows that a migration writes and no test may take away. */
const OF_MIGRATIONS = /^kysely_/

interface Table {
  readonly oid: number
  readonly name: string
  readonly made: boolean
}

const schemaOf = async (pglite: PGlite): Promise<string> => {
  const { rows } = await pglite.query<{ schema: string }>(SCHEMA)
  return rows[0]?.schema ?? ""
}

const namesOf = (tables: ReadonlyArray<Table>): string => tables.map(({ name }) => name).join(", ")

/**
 * How to make a migrated database new again after use, asked before the first: new tables are dropped, the others emptied, and the
 * session forgets all it was told. False when its schema has become another; then it is of no more use.
 */
export const pgliteReset = async (pglite: PGlite): Promise<() => Promise<boolean>> => {
  const before = await schemaOf(pglite)
  const { rows: newest } = await pglite.query<{ oid: number }>(`select max(oid)::int4 as oid from pg_class`)
  const kept = new Set((await pglite.query<{ oid: number }>(WITH_PAGES)).rows.map(({ oid }) => oid))

  return async () => {
    const { rows } = await pglite.query<Table>(USED, [newest[0]?.oid ?? 0])
    const tables = rows.filter(({ name }) => !OF_MIGRATIONS.test(name))
    const made = tables.filter((table) => table.made)
    const filled = tables.filter((table) => !table.made && !kept.has(table.oid))
    if (made.length > 0) await pglite.exec(`drop table if exists ${namesOf(made)} cascade`)
    if (filled.length > 0) await pglite.exec(`truncate ${namesOf(filled)} restart identity cascade`)
    for (const { name } of tables.filter(({ oid }) => kept.has(oid))) await pglite.exec(`delete from ${name}`)
    for (const { name } of (await pglite.query<{ name: string }>(ADVANCED)).rows) {
      await pglite.exec(`alter sequence ${name} restart`)
    }
    await pglite.exec("delete from pg_statistic where starelid >= 16384")
    await pglite.exec("discard all")
    return (await schemaOf(pglite)) === before
  }
}
