import type { PGlite } from "@electric-sql/pglite"
import type { PGlite as KyselyPglite, PGliteTransaction } from "kysely"

/** What is asked of an open PGlite. */
export type OpenPglite = Pick<PGlite, keyof KyselyPglite>

/**
 * Kysely's driver (0.29.9) waits for ever for a transaction that PGlite refuses to begin, as one that is closed does, and leaves
 * the refusal unhandled, which ends the process. Here the refused transaction begins, and its every statement is refused.
 */
export const withBeginThatFails = (pglite: OpenPglite): KyselyPglite => ({
  close: () => pglite.close(),
  get closed() {
    return pglite.closed
  },
  get ready() {
    return pglite.ready
  },
  waitReady: pglite.waitReady,
  query: (statement, parameters, options) => pglite.query(statement, parameters, options),
  transaction: async (callback) => {
    let begun = false
    try {
      return await pglite.transaction((transaction) => {
        begun = true
        return callback(transaction)
      })
    } catch (refusal) {
      if (begun) throw refusal
      const refuse = (): Promise<never> => Promise.reject(refusal)
      const refused: PGliteTransaction = { query: refuse, rollback: refuse }
      await callback(refused)
      throw refusal
    }
  }
})
