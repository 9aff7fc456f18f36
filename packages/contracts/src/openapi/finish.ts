import { shareResponses } from "./shareResponses.ts"

/** What the generator cannot be told, set right over the whole document. */
export const finish = (document: Record<string, unknown>): Record<string, unknown> => ({
  ...shareResponses(Object.fromEntries(Object.entries(document).map(([key, value]) => [key, rewrite(value)])))
})

const rewrite = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rewrite)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(tidy(value)).map(([key, inner]) => [key, key === "examples" ? inner : rewrite(inner)])
  )
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

const tidy = (node: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  if (isParameter(node)) return parameter(node)
  const { additionalProperties, minimum, maximum, "x-effect-stream": _, ...rest } = node
  return {
    ...rest,
    // Unknown fields are ignored by us and must be by readers, while the generator closes every object.
    ...(additionalProperties !== undefined && additionalProperties !== false && { additionalProperties }),
    // The safe-integer range of `Int` says nothing to an integrator.
    ...(minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
    ...(maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && { maximum })
  }
}

type Parameter = { readonly name: string; readonly in: string; readonly schema: Readonly<Record<string, unknown>> }

const isParameter = (node: Readonly<Record<string, unknown>>): node is Readonly<Record<string, unknown>> & Parameter =>
  typeof node["name"] === "string" && typeof node["in"] === "string" && isObject(node["schema"])

/** A parameter's words stand beside its schema, and headers are written as people write them. */
const parameter = (node: Readonly<Record<string, unknown>> & Parameter): Readonly<Record<string, unknown>> => {
  const { description, ...schema } = node.schema
  const name = node.in === "header" ? node.name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()) : node.name
  return {
    ...node,
    name: name.replace(/Id$/, node.in === "header" ? "ID" : "Id"),
    schema,
    ...(description !== undefined && { description })
  }
}
