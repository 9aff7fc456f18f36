import { Context } from "effect"
import type { Kysely } from "kysely"
import type { DB } from "./tables.ts"

/** The one connection pool of the process. Adapters reach it through `query` and `transaction`. */
export class Database extends Context.Service<
  Database,
  { readonly kysely: Kysely<DB>; readonly engine: "postgres" | "pglite" }
>()("@butler/persistence/Database") {}
