import { type InternalTool, ToolFailed } from "@butler/domain"
import { Effect, Schema } from "effect"

/** The input of a tool of ours, or what is wrong with it, in words that a model can act on. */
export const decodeInput = <A>(tool: InternalTool, schema: Schema.Decoder<A>) => {
  const decode = Schema.decodeUnknownEffect(schema)
  return (input: unknown): Effect.Effect<A, ToolFailed> =>
    Effect.mapError(
      decode(input),
      ({ message }) => new ToolFailed({ tool, reason: "invalid_input", detail: `the input is not valid: ${message}` })
    )
}
