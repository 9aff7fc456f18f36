import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { pattern } from "../fields/pattern.ts"
import { text } from "../fields/text.ts"

/** The request headers that mean something to a turn, under their lower-case names. */
export const CompletionHeaders = Schema.Struct({
  "idempotency-key": Schema.optionalKey(
    text(1, 255, {
      description:
        "Unique per workspace and route for 24 hours. The same key and body is the same turn's answer, also while it still runs; another body is refused with 422 `idempotency_mismatch`."
    })
  ),
  "last-event-id": Schema.optionalKey(
    pattern(/^\d{1,15}$/, 15, "the id of an event", {
      description: "With `Idempotency-Key` and the same body, a stream goes on behind this event."
    })
  ),
  "accept-language": Schema.optionalKey(
    Schema.String.annotate({ description: "The language of an error's `message`: zh or en.", examples: ["zh-CN"] })
  )
})
export type CompletionHeaders = typeof CompletionHeaders.Type

/** Decodes the headers of a request; all others are ignored. */
export const decodeCompletionHeaders = decoder(CompletionHeaders)
