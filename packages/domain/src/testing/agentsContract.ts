import { layer } from "@effect/vitest"
import type { Layer } from "effect"
import { changing } from "./agents/changing.ts"
import { drafting } from "./agents/drafting.ts"
import { type AgentStore, managing } from "./agents/managing.ts"
import { versioning } from "./agents/versioning.ts"

/** What every store of agents does. */
export const agentsContract = <E>(name: string, store: Layer.Layer<AgentStore, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Agents (${name})`, (it) => {
    managing(it)
    changing(it)
    drafting(it)
    versioning(it)
  })
