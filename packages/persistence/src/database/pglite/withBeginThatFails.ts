import type { PGlite } from "@electric-sql/pglite"
import type { PGlite as KyselyPglite, PGliteTransaction } from "kysely"

/**
 * Kysely's driver (0.29.9) waits for ever for a transaction that PGlite refuses to begin, as one that is closed does, and leaves
 * the refusal unhandled, which ends the process. Here the refused transaction begins, and its every statement is refused.
 */
export const withBeginThatFails = (pglite: PGlite): KyselyPglite => ({
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
