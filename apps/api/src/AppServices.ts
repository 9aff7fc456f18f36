import type { TurnRunner } from "@butler/agent"
import type { Egress } from "@butler/webhooks/egress"
import type { Agents, ApiKeys, Dialogs, Ids, Knowledge, TextAnalyzer, Turns, Workspaces } from "@butler/domain"
import type { AppConfig } from "./config.ts"
import type { Atomically } from "./bootstrap/Atomically.ts"
import type { Readiness } from "./system/Readiness.ts"

/** Everything a request may need. */
export type AppServices =
  | Agents
  | ApiKeys
  | AppConfig
  | Atomically
  | Dialogs
  | Egress
  | Ids
  | Knowledge
  | Readiness
  | TextAnalyzer
  | TurnRunner
  | Turns
  | Workspaces
