import { Schema } from "effect"

/** How far a dialog has come with a task: what the contact has told for it, which detail was asked for last, and how often. */
export const TaskProgress = Schema.Struct({
  task: Schema.String,
  details: Schema.Record(Schema.String, Schema.String),
  asking: Schema.NullOr(Schema.String),
  tries: Schema.Int
})
export type TaskProgress = typeof TaskProgress.Type
