import { Schema } from "effect"
import { AgentId } from "../ids/brands.ts"

/** Who answers: its name is shown in logs. */
export const Agent = Schema.Struct({ id: AgentId, name: Schema.String })
export type Agent = typeof Agent.Type
