import { ChatbotEntryId } from "@butler/domain"
import { Effect, Schema, SchemaGetter } from "effect"
import { agentId } from "../fields/ids.ts"
import { wholeFromString } from "../fields/numbers.ts"
import { pattern } from "../fields/pattern.ts"
import { illegible, longerThan, text } from "../fields/text.ts"

export const title = text(1, 256)
export const description = text(0, 2000)
export const instructions = text(1, 16_000)

const MAX_LINK = 2048

/** Where a link may lead that a page shows to its visitors. Empty is no link. */
export const link = Schema.String.check(
  Schema.makeFilter(
    (value: string) => {
      if (longerThan(value, MAX_LINK)) return "must have at most 2,048 characters"
      const flaw = illegible(value)
      if (flaw !== undefined) return flaw
      return /^(?:(?:https?:\/\/|mailto:|tel:|\/|#)\S*)?$/i.test(value)
        ? undefined
        : "must be an http, https, mailto or tel link"
    },
    { toJsonSchema: () => ({ maxLength: MAX_LINK }) }
  )
)

const inRange = (value: number): string | undefined =>
  value >= 0 && value <= 1 ? undefined : "must be a number from 0 to 1"

/** How freely a model chooses its words. */
export const temperature = Schema.Finite.check(
  Schema.makeFilter(inRange, { toJsonSchema: () => ({ minimum: 0, maximum: 1 }) })
)

const decimal = Schema.String.check(
  Schema.makeFilter(
    (value: string) =>
      /^\d{1,3}(?:\.\d{1,6})?$/.test(value) ? inRange(Number(value)) : "must be a number from 0 to 1",
    { toJsonSchema: () => ({ pattern: "^\\d{1,3}(?:\\.\\d{1,6})?$" }) }
  )
)

/** The vendor takes a number's text; the number itself will do as well. */
export const temperatureText = Schema.Union([
  temperature,
  decimal.pipe(
    Schema.decodeTo(Schema.Finite, {
      decode: SchemaGetter.transform(Number),
      encode: SchemaGetter.transform(String)
    })
  )
])

export const entryId = (what: string) =>
  pattern(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 36, "a UUID", {
    description: `The id of the ${what}.`,
    examples: ["17e23880-386e-492f-960c-4394baec2977"]
  }).pipe(Schema.decodeTo(ChatbotEntryId))

const chatbotId = agentId

export const ChatbotParams = Schema.Struct({ chatbotId })
export const PromptParams = Schema.Struct({ chatbotId, promptId: entryId("prompt") })
export const PersonaParams = Schema.Struct({ chatbotId, personaId: entryId("persona") })
export const FollowUpPromptParams = Schema.Struct({ chatbotId, followUpPromptId: entryId("follow-up prompt") })

/** A query parameter that says yes or no; Python's clients begin it with a capital. */
export const queryFlag = (description: string) =>
  Schema.optionalKey(Schema.Literals(["true", "false", "1", "0", "True", "False"]).annotate({ description }))

/** Far enough for every list, and a whole number for every database. */
const MAX_PAGE = 100_000_000

const DEFAULT_LIMIT = 20

/** The query parameters of every list. */
export const PageQuery = Schema.Struct({
  page: wholeFromString(1, MAX_PAGE, { description: "Which page, from 1.", default: 1 }).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("1")),
    Schema.withConstructorDefault(Effect.succeed(1))
  ),
  limit: wholeFromString(1, 100, { description: "How many entries a page has.", default: DEFAULT_LIMIT }).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed(String(DEFAULT_LIMIT))),
    Schema.withConstructorDefault(Effect.succeed(DEFAULT_LIMIT))
  )
})
