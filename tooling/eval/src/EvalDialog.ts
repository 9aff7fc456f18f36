import { Effect, Schema } from "effect"

const Text = Schema.NonEmptyString

/** What is said, and what is expected of the answer; what is not named is not judged. */
export const EvalTurn = Schema.Struct({
  query: Text,
  /** The task it is to be taken for; null: none. */
  task: Schema.optionalKey(Schema.NullOr(Text)),
  /** The id or the name of a document that the answer is to rest on. */
  document: Schema.optionalKey(Text),
  /** Whether the answer is to rest on anything at all, on knowledge or on a tool's result. */
  answered: Schema.optionalKey(Schema.Boolean),
  contains: Schema.optionalKey(Schema.Array(Text)),
  excludes: Schema.optionalKey(Schema.Array(Text)),
  /** The ISO 639-1 code of the language that the answer is to be in. */
  language: Schema.optionalKey(Text)
})
export type EvalTurn = typeof EvalTurn.Type

/** Turns of one contact, said one after the other. */
export const EvalDialog = Schema.Struct({ name: Text, turns: Schema.NonEmptyArray(EvalTurn) })
export type EvalDialog = typeof EvalDialog.Type

/** A line of a file is not what it should be. */
export class BadLine extends Schema.TaggedError<BadLine>()("BadLine", {
  file: Schema.String,
  line: Schema.Int,
  reason: Schema.String
}) {
  override get message(): string {
    return `${this.file}, line ${this.line}: ${this.reason}`
  }
}

/** What each line of a JSONL text holds; empty lines are passed over, and a key that nobody knows is a mistake. */
export const readLines = <A>(
  schema: Schema.Decoder<A>,
  file: string,
  text: string
): Effect.Effect<ReadonlyArray<A>, BadLine> => {
  const decode = Schema.decodeEffect(Schema.fromJsonString(schema), { onExcessProperty: "error" })
  const lines = text.split("\n").map((json, index) => ({ json, line: index + 1 }))
  return Effect.forEach(
    lines.filter(({ json }) => json.trim() !== ""),
    ({ json, line }) => Effect.mapError(decode(json), ({ message }) => new BadLine({ file, line, reason: message }))
  )
}
