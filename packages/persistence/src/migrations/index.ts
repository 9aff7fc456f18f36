import type { Migration } from "kysely/migration"

/** In order of their names, which a released version never changes. */
export const migrations: Readonly<Record<string, Migration>> = {}
