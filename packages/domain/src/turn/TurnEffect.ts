import { Schema } from "effect"
import { MemoryId } from "../ids/brands.ts"
import { TaskProgress } from "../task/TaskProgress.ts"

/** The dialog stands here in a task from now on; null: in none. */
const TaskProgressed = Schema.TaggedStruct("TaskProgress", { progress: Schema.NullOr(TaskProgress) })

/** What the contact told of itself; a detail told before is replaced. */
const ContactDetails = Schema.TaggedStruct("ContactDetails", {
  details: Schema.Record(Schema.String, Schema.String)
})

/** People have the dialog from now on; the turn's replies are the agent's last words. */
const HandOver = Schema.TaggedStruct("HandOver", { reason: Schema.String })

/** The matter is settled: the next message begins another conversation. */
const Resolve = Schema.TaggedStruct("Resolve", {})

/** Facts about the contact, told in the turn's message. */
const Remember = Schema.TaggedStruct("Remember", {
  facts: Schema.Array(Schema.Struct({ id: MemoryId, text: Schema.String }))
})

/** The knowledge has no answer to this. */
const Unanswered = Schema.TaggedStruct("Unanswered", { question: Schema.String, language: Schema.String })

/**
 * What a completed turn changes beside its replies. Stored with the outcome, in the same fenced transaction: once, and only
 * when the outcome is. Plain data, so that a checkpoint can hold it.
 */
export const TurnEffect = Schema.Union([TaskProgressed, ContactDetails, HandOver, Resolve, Remember, Unanswered])
export type TurnEffect = typeof TurnEffect.Type
