import { layer } from "@effect/vitest"
import type { Layer } from "effect"
import type { DialogStore } from "./fixtures.ts"
import { busyDialogs } from "./turns/busyDialogs.ts"
import { cancelling } from "./turns/cancelling.ts"
import { effects } from "./turns/effects.ts"
import { idempotentRequests } from "./turns/idempotency.ts"
import { isolation } from "./turns/isolation.ts"
import { leases } from "./turns/leases.ts"
import { ordering } from "./turns/ordering.ts"
import { placements } from "./turns/placements.ts"
import { progress } from "./turns/progress.ts"
import { records } from "./turns/records.ts"
import { staleFacts } from "./turns/staleFacts.ts"

/**
 * What every store of turns does. It runs on the real clock, each test in a workspace of its own; nothing else may claim
 * from the store meanwhile.
 */
export const turnsContract = <E>(name: string, store: Layer.Layer<DialogStore, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Turns (${name})`, (it) => {
    placements(it)
    staleFacts(it)
    ordering(it)
    leases(it)
    records(it)
    progress(it)
    isolation(it)
    busyDialogs(it)
    cancelling(it)
    idempotentRequests(it)
    effects(it)
  })
