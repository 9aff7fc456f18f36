import { Context, type Effect } from "effect"

export interface ReadinessReport {
  readonly status: "ready" | "not_ready"
  readonly checks: ReadonlyArray<{ readonly name: string; readonly ok: boolean; readonly detail: string }>
}

/** Whether this process can do its work, and what stands in the way. */
export class Readiness extends Context.Service<Readiness, { readonly report: Effect.Effect<ReadinessReport> }>()(
  "@butler/runtime/Readiness"
) {}
