import type { TurnRunner } from "@butler/agent"
import type { ApiKeys, Dialogs, Ids, Knowledge, TextAnalyzer, Turns, Workspaces } from "@butler/domain"
import type { AppConfig } from "./config.ts"
import type { Atomically } from "./bootstrap/Atomically.ts"
import type { Readiness } from "./system/Readiness.ts"

/** Everything a request may need. */
export type AppServices =
  | ApiKeys
  | AppConfig
  | Atomically
  | Dialogs
  | Ids
  | Knowledge
  | Readiness
  | TextAnalyzer
  | TurnRunner
  | Turns
  | Workspaces
