import { Schema } from "effect"

/** What a detail is, and so how it is found in a message and judged. */
export const DetailKind = Schema.Literals([
  "text",
  "name",
  "email",
  "phone",
  "order_number",
  "number",
  "date",
  "choice"
])
export type DetailKind = typeof DetailKind.Type

/** Something a task cannot do without; the contact is asked for it. */
export const RequiredDetail = Schema.Struct({
  /** How instructions and tools speak of it, such as `order_number`. */
  name: Schema.String,
  kind: DetailKind,
  /** How the contact is asked, in place of our own words. */
  question: Schema.optionalKey(Schema.String),
  /** What its text must look like from start to end, as a regular expression in RE2's syntax. */
  pattern: Schema.optionalKey(Schema.String),
  /** What a `choice` is made from. */
  choices: Schema.optionalKey(Schema.Array(Schema.String))
})
export type RequiredDetail = typeof RequiredDetail.Type

/** What a contact may come with, and how the agent sees to it. */
export const Task = Schema.Struct({
  name: Schema.String,
  description: Schema.String,
  /** How contacts say it, in whatever languages they do; ten or more tell tasks well apart. */
  examples: Schema.Array(Schema.String),
  /** What the agent is told to do, beyond its own instructions, while it is at this task. */
  instructions: Schema.optionalKey(Schema.String),
  /** The only tools it may call meanwhile; without them all of the agent's. */
  tools: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Asked for in this order. */
  details: Schema.optionalKey(Schema.Array(RequiredDetail))
})
export type Task = typeof Task.Type
