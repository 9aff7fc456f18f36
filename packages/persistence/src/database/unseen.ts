import { type RawBuilder, sql } from "kysely"

/**
 * A parameter that the planner cannot look at. One that it can, such as a list of three or a limit of five, makes it find the plan for
 * these very values cheaper than the plan for any, and so plan a prepared statement anew at each call: a search then takes as
 * long to plan as to run.
 */
export const unseen = (
  value: unknown,
  type: "integer" | "text[]" | "float8[]" | "integer[]" | "smallint[]"
): RawBuilder<unknown> => sql`(select ${value}::${sql.raw(type)})`
