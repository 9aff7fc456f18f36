import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { text } from "../fields/text.ts"
import { optional } from "../fields/unset.ts"

/** Why people take over, and what the agent says at last. */
export const NewHandover = Schema.Struct({
  reason: optional(text(1, 1000), { description: "Why; shown with the dialog, not to the contact." }),
  closingMessage: optional(text(0, 32_000), {
    description:
      "The agent's last words to the contact. Without it: a sentence of ours in the contact's language. Empty: none."
  })
}).annotate({ identifier: "NewHandover" })
export type NewHandover = typeof NewHandover.Type
export const decodeNewHandover = decoder(NewHandover)
