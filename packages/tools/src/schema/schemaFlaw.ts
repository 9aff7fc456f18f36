import { isNestedDeeper } from "@butler/domain"
import { isJsonObject, type JsonObject } from "./jsonObject.ts"

/** Beyond these a schema is no description of a tool's input, but something to choke on. */
const MAX_CHARACTERS = 32_768
const MAX_DEPTH = 24
/** Of all that stands in it, defaults and examples too: each level of a schema takes two. */
const MAX_LEVELS = 64

const TYPES = new Set(["string", "number", "integer", "boolean", "object", "array", "null"])

/** Keywords by what must stand behind them. */
const OF_ONE = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"]
const OF_MANY = ["allOf", "anyOf", "oneOf", "prefixItems"]
const OF_NAMED = ["properties", "patternProperties", "$defs", "definitions"]

const isStrings = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string")

const isType = (value: unknown): boolean =>
  Array.isArray(value) ? value.every((item) => TYPES.has(item)) : typeof value === "string" && TYPES.has(value)

/** What is wrong with a schema's own words, those below it left aside. */
const ownFlaw = (schema: JsonObject): string | null => {
  if ("type" in schema && !isType(schema["type"])) return "has a type that JSON Schema does not know"
  if ("required" in schema && !isStrings(schema["required"])) return "does not list names as required"
  if ("enum" in schema && !Array.isArray(schema["enum"])) return "has an enum that is no list"
  const ref = schema["$ref"]
  return ref === undefined || (typeof ref === "string" && ref.startsWith("#")) ? null : "refers to another document"
}

const isWrong = (value: unknown): value is null => value === null

/** The schemas right below; null for what stands where a schema should and is none. */
const below = (schema: JsonObject): ReadonlyArray<unknown> => [
  ...OF_ONE.flatMap((key) =>
    key in schema ? (key === "items" && Array.isArray(schema[key]) ? schema[key] : [schema[key]]) : []
  ),
  ...OF_MANY.flatMap((key) => (key in schema ? (Array.isArray(schema[key]) ? schema[key] : [null]) : [])),
  ...OF_NAMED.flatMap((key) => (key in schema ? (isJsonObject(schema[key]) ? Object.values(schema[key]) : [null]) : []))
]

const flawWithin = (schema: unknown, depth: number): string | null => {
  if (typeof schema === "boolean") return null
  if (isWrong(schema) || !isJsonObject(schema)) return "holds something that is no schema"
  if (depth > MAX_DEPTH) return "is nested too deeply"
  const own = ownFlaw(schema)
  if (own !== null) return own
  for (const inner of below(schema)) {
    const flaw = flawWithin(inner, depth + 1)
    if (flaw !== null) return flaw
  }
  return null
}

/** Why something is not a JSON Schema that a model can be given; null when it is. */
export const schemaFlaw = (schema: unknown): string | null => {
  if (!isJsonObject(schema)) return "is no JSON Schema"
  if (isNestedDeeper(schema, MAX_LEVELS)) return "is nested too deeply"
  return JSON.stringify(schema).length > MAX_CHARACTERS ? "is too long" : flawWithin(schema, 0)
}
