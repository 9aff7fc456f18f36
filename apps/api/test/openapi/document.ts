import { openApiDocument } from "@butler/contracts/openapi"
import { Ajv2020 } from "ajv/dist/2020.js"
import formats from "ajv-formats"
import { at, listAt, textAt } from "../support/call.ts"

const document: unknown = openApiDocument

const entries = (value: unknown): ReadonlyArray<readonly [string, unknown]> =>
  typeof value === "object" && value !== null ? Object.entries(value) : []

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })
formats.default(ajv, ["uri", "uuid", "email"])
ajv
  .addFormat("binary", true)
  .addFormat("password", true)
  .addSchema({ $id: "openapi", ...Object(document) })

/** What is wrong with a value by the schema at this place of the document. */
const issues = (place: ReadonlyArray<string>, value: unknown): ReadonlyArray<string> => {
  const pointer = place.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")
  const check = ajv.getSchema(`openapi#/${pointer}`)
  if (check === undefined) throw new Error(`no schema at ${pointer}`)
  return check(value) === true ? [] : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}

export interface Media {
  readonly type: string
  readonly examples: ReadonlyArray<readonly [name: string, value: unknown]>
  readonly issues: (value: unknown) => ReadonlyArray<string>
}

const mediaAt = (place: ReadonlyArray<string>): ReadonlyArray<Media> =>
  entries(at(document, ...place, "content")).map(([type, media]) => ({
    type,
    examples: entries(at(media, "examples")).map(([name, example]) => [name, at(example, "value")] as const),
    issues: (value) => issues([...place, "content", type, "schema"], value)
  }))

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly open: boolean
  readonly query: ReadonlyArray<string>
  readonly bodies: ReadonlyArray<Media>
  /** By status. */
  readonly responses: ReadonlyMap<number, ReadonlyArray<Media>>
}

const responsesAt = (place: ReadonlyArray<string>): Operation["responses"] =>
  new Map(
    entries(at(document, ...place, "responses")).map(([status, response]) => {
      const shared = at(response, "$ref")
      const target = typeof shared === "string" ? shared.slice(2).split("/") : [...place, "responses", status]
      return [Number(status), mediaAt(target)] as const
    })
  )

/** Every operation of the published document. */
export const operations: ReadonlyArray<Operation> = entries(at(document, "paths")).flatMap(([path, methods]) =>
  entries(methods).map(([method, operation]): Operation => {
    const place = ["paths", path, method]
    return {
      id: textAt(operation, "operationId"),
      method: method.toUpperCase(),
      path,
      open: listAt(operation, "security").length === 0,
      query: listAt(operation, "parameters")
        .filter((parameter) => at(parameter, "in") === "query" && at(parameter, "required") === true)
        .map((parameter) => textAt(parameter, "name")),
      bodies: mediaAt([...place, "requestBody"]),
      responses: responsesAt(place)
    }
  })
)
