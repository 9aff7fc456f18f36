import { Context } from "effect"
import type { Transaction } from "kysely"
import type { DB } from "./tables.ts"

/** The open transaction of this fiber and its children. */
export const CurrentTransaction = Context.Reference<Transaction<DB> | undefined>(
  "@butler/persistence/CurrentTransaction",
  { defaultValue: () => undefined }
)
