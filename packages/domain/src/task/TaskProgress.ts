import { Schema } from "effect"

/** How far a dialog has come with a task: what the contact has told for it, and which detail was asked for last. */
export const TaskProgress = Schema.Struct({
  task: Schema.String,
  details: Schema.Record(Schema.String, Schema.String),
  asking: Schema.NullOr(Schema.String)
})
export type TaskProgress = typeof TaskProgress.Type
