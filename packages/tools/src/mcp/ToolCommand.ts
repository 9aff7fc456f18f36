import { Schema } from "effect"

/** A program of the operator's that serves tools on its standard input and output. */
export const ToolCommand = Schema.Struct({
  command: Schema.NonEmptyString,
  args: Schema.optionalKey(Schema.Array(Schema.String)),
  /** All that it finds in its environment beside the path. */
  env: Schema.optionalKey(Schema.Record(Schema.String, Schema.RedactedFromValue(Schema.String)))
})
export type ToolCommand = typeof ToolCommand.Type

/** By the name under which a workspace may ask for it. */
export const ToolCommands = Schema.Record(Schema.NonEmptyString, ToolCommand)
export type ToolCommands = typeof ToolCommands.Type
