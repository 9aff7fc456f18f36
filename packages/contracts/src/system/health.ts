import { Schema } from "effect"

/** Alive: the process answers, whatever else is down. */
export const Health = Schema.Struct({ status: Schema.Literal("ok") }).annotate({
  identifier: "Health",
  description: "The process is alive."
})
export type Health = typeof Health.Type

const checks = Schema.Array(
  Schema.Struct({ name: Schema.String, ok: Schema.Boolean, detail: Schema.String }).annotate({
    identifier: "ReadinessCheck",
    examples: [{ name: "database", ok: true, detail: "1 ms" }]
  })
)

/** Ready: turns can be accepted. */
export const Readiness = Schema.Struct({ status: Schema.Literals(["ready", "not_ready"]), checks }).annotate({
  identifier: "Readiness",
  description: "What was checked, and whether turns can be accepted."
})
export type Readiness = typeof Readiness.Type
