/** No table is listed: every statement is SQL text with a row type of its own. */
export type DB = Record<never, never>
