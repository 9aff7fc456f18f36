import { sql } from "kysely"

/**
 * Keeps the rest of the transaction behind indexes. A term's row is found by its key and written where it was found; of a table
 * without statistics the planner would rather read all, as soon as a document has some thousand terms.
 */
export const byIndex = sql`set_config('enable_seqscan', 'off', true)`
