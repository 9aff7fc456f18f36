import type { AgentTool, ModelTool, ToolCallOutcome } from "@butler/domain"
import { Effect, Schema } from "effect"
import { type ContactDetail, checkDetail, likelyCountry } from "../details/index.ts"
import { decodeInput } from "./decodeInput.ts"
import type { InternalToolContext } from "./InternalToolContext.ts"

const NAME = "collect_details"

const KINDS = ["name", "email", "phone", "order_number"] as const satisfies ReadonlyArray<ContactDetail>

/** Why a value was not taken, and what to ask for. */
const MUST: Readonly<Record<ContactDetail, string>> = {
  name: "it must be the name of a person",
  email: "it must be an e-mail address",
  phone:
    "it must be a telephone number, with the country's prefix such as +49 where it is not plain which country it is of",
  order_number: "it must be a number or code without spaces"
}

const Input = Schema.Struct({
  name: Schema.optionalKey(Schema.String),
  email: Schema.optionalKey(Schema.String),
  phone: Schema.optionalKey(Schema.String),
  order_number: Schema.optionalKey(Schema.String)
})

const decode = decodeInput(NAME, Input)

const outcomeOf = (
  details: Readonly<Record<string, string>>,
  refused: ReadonlyArray<ContactDetail>
): ToolCallOutcome => {
  const names = Object.keys(details)
  const stored = names.length === 0 ? [] : [`Stored: ${names.join(", ")}.`]
  const lines = [...stored, ...refused.map((kind) => `Not stored: ${kind}; ${MUST[kind]}.`)]
  const content = lines.length === 0 ? "Nothing was given, so nothing was stored." : lines.join("\n")
  if (names.length === 0) return { content, isError: true }
  return {
    content,
    isError: false,
    logs: [{ type: "internalTool", entity: { name: "visitor", values: Object.values(details) } }],
    effects: [{ _tag: "ContactDetails", details }]
  }
}

export const collectDetailsSpec: ModelTool = {
  name: NAME,
  description:
    "Stores details that the contact has given in this conversation: their name, e-mail address, telephone number or order number. Call it as soon as the contact gives one. Never pass what the contact has not said.",
  inputSchema: {
    type: "object",
    properties: Object.fromEntries(KINDS.map((kind) => [kind, { type: "string" }])),
    additionalProperties: false
  }
}

/** Keeps what a contact tells of itself, where it can be what it is said to be. */
export const collectDetails = ({ analyzer, turn }: InternalToolContext): AgentTool => ({
  kind: "internal",
  ...collectDetailsSpec,
  call: Effect.fn("Tools.collectDetails")(function* (input) {
    const given = yield* decode(input)
    const country = likelyCountry(analyzer.detectLanguage(turn.query).code)
    const details: Record<string, string> = {}
    const refused: Array<ContactDetail> = []
    for (const kind of KINDS) {
      const value = given[kind]
      if (value === undefined || value.trim() === "") continue
      const kept = checkDetail(kind, value, country)
      if (kept === null) refused.push(kind)
      else details[kind] = kept
    }
    return outcomeOf(details, refused)
  })
})
