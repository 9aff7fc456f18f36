import { isJsonObject, type JsonObject } from "./jsonObject.ts"

/** Schemas come from servers that may mean harm: a value is judged in so many steps, or not at all. */
const MAX_STEPS = 20_000

const TOO_MUCH = "cannot be judged: the schema is too intricate"

interface Judge {
  readonly root: JsonObject
  steps: number
}

const typeOf = (value: unknown): string => {
  if (value === null) return "null"
  if (Array.isArray(value)) return "array"
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number"
  return typeof value
}

const isOfType = (value: unknown, type: unknown): boolean => {
  const own = typeOf(value)
  const types: ReadonlyArray<unknown> = Array.isArray(type) ? type : [type]
  return types.includes(own) || (own === "integer" && types.includes("number"))
}

const same = (one: unknown, two: unknown): boolean => one === two || JSON.stringify(one) === JSON.stringify(two)

/** The schema that a reference within the document names. */
const resolve = ({ root }: Judge, ref: string): unknown => {
  let found: unknown = root
  for (const key of ref.split("/").slice(1)) {
    const name = decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~")
    found = isJsonObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
  }
  return found
}

const listOf = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const fieldFlaw = (judge: Judge, value: JsonObject, schema: JsonObject, at: string): string | null => {
  for (const name of listOf(schema["required"])) {
    if (typeof name === "string" && !Object.hasOwn(value, name)) return `${at} lacks "${name}"`
  }
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {}
  const isClosed = schema["additionalProperties"] === false && schema["patternProperties"] === undefined
  for (const [name, item] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name)
    if (!known && isClosed) return `${at} has "${name}", which is not foreseen`
    const flaw = known ? flawOf(judge, item, properties[name], `${at}.${name}`) : null
    if (flaw !== null) return flaw
  }
  return null
}

const itemFlaw = (judge: Judge, value: ReadonlyArray<unknown>, schema: JsonObject, at: string): string | null => {
  if (!isJsonObject(schema["items"])) return null
  for (const [index, item] of value.entries()) {
    const flaw = flawOf(judge, item, schema["items"], `${at}[${index}]`)
    if (flaw !== null) return flaw
  }
  return null
}

const alternativeFlaw = (judge: Judge, value: unknown, schema: JsonObject, at: string): string | null => {
  for (const inner of listOf(schema["allOf"])) {
    const flaw = flawOf(judge, value, inner, at)
    if (flaw !== null) return flaw
  }
  for (const key of ["anyOf", "oneOf"]) {
    const choices = listOf(schema[key])
    if (choices.length > 0 && choices.every((choice) => flawOf(judge, value, choice, at) !== null)) {
      return `${at} is none of what is allowed`
    }
  }
  return null
}

const flawOf = (judge: Judge, value: unknown, schema: unknown, at: string): string | null => {
  if (++judge.steps > MAX_STEPS) return TOO_MUCH
  if (schema === false) return `${at} is not allowed`
  if (!isJsonObject(schema)) return null
  if (typeof schema["$ref"] === "string") {
    const flaw = flawOf(judge, value, resolve(judge, schema["$ref"]), at)
    if (flaw !== null) return flaw
  }
  if ("type" in schema && !isOfType(value, schema["type"])) return `${at} is not of type ${String(schema["type"])}`
  if ("const" in schema && !same(value, schema["const"])) return `${at} is not what it must be`
  if (Array.isArray(schema["enum"]) && !schema["enum"].some((item) => same(value, item)))
    return `${at} is none of what is allowed`
  const flaw = alternativeFlaw(judge, value, schema, at)
  if (flaw !== null) return flaw
  if (Array.isArray(value)) return itemFlaw(judge, value, schema, at)
  return isJsonObject(value) ? fieldFlaw(judge, value, schema, at) : null
}

/**
 * Where a value plainly is not what a JSON Schema says: by types, required and unforeseen fields, enums and alternatives.
 * Patterns and bounds are not looked at, since a pattern of a stranger's can take for ever. Null where nothing is wrong.
 */
export const mismatch = (value: unknown, schema: JsonObject): string | null => {
  const judge: Judge = { root: schema, steps: 0 }
  try {
    const flaw = flawOf(judge, value, schema, "it")
    return judge.steps > MAX_STEPS ? TOO_MUCH : flaw
  } catch (cause) {
    // A schema that refers to itself without end.
    if (cause instanceof RangeError) return TOO_MUCH
    throw cause
  }
}
