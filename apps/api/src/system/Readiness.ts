import type { Readiness as ReadinessReport } from "@butler/contracts"
import { Context, type Effect } from "effect"

/** Whether turns can be accepted, and what stands in the way. */
export class Readiness extends Context.Service<Readiness, { readonly report: Effect.Effect<ReadinessReport> }>()(
  "@butler/api/Readiness"
) {}
