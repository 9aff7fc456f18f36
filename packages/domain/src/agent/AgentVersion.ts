import type { AgentId } from "../ids/brands.ts"
import type { ApiKeyId } from "../workspace/ApiKey.ts"
import type { AgentDefinition } from "./Agent.ts"

/** By whom and why something is published. */
export interface Publication {
  /** Null where no API key did. */
  readonly by: ApiKeyId | null
  readonly note: string | null
}

/** What was published once; it never changes. */
export interface AgentVersion extends AgentDefinition, Publication {
  readonly agentId: AgentId
  readonly version: number
  readonly publishedAt: Date
}

/** Of what nobody in particular publishes. */
export const UNSIGNED: Publication = { by: null, note: null }
