import { Schema } from "effect"

/** The envelope of every success, always with the status 200. */
export const reply = <const Message extends string, Data extends Schema.Top>(message: Message, data: Data) =>
  Schema.Struct({ success: Schema.Literal(true), message: Schema.Literal(message), data })

export const nothing = Schema.Struct({})
