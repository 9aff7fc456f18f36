/** How one value of an array travels. */
interface Element {
  readonly serialize: (value: unknown) => string
  readonly parse: (text: string) => unknown
}

const QUOTED_WITHIN = /["\\]/

/** Nearly no text holds either character, and looking is a tenth of the work of replacing. */
const quoted = (text: string): string =>
  `"${QUOTED_WITHIN.test(text) ? text.replaceAll(/["\\]/g, String.raw`\$&`) : text}"`

const elementOf = (value: unknown, element: Element): string => {
  if (value === null || value === undefined) return "null"
  if (Array.isArray(value)) return serializeArray(value, element)
  const text = element.serialize(value)
  return typeof value === "number" ? text : quoted(text)
}

/** A PostgreSQL array literal; a string is taken to be one already. */
export const serializeArray = (values: unknown, element: Element): string => {
  if (!Array.isArray(values)) return String(values)
  return `{${values.map((value: unknown) => elementOf(value, element)).join(",")}}`
}

/** Array literals for what is written out ahead of the statement that it is a parameter of. */
export const textArray = (texts: ReadonlyArray<string>): string => `{${texts.map(quoted).join(",")}}`
export const integerArray = (numbers: ReadonlyArray<number>): string => `{${numbers.join(",")}}`

const TOKEN = /[{}]|"((?:[^"\\]|\\.)*)"|[^,{}"]+/gs

/** Reads what the server writes, of any number of dimensions. */
export const parseArray = (literal: string, element: Element): Array<unknown> => {
  const root: Array<unknown> = []
  const open = [root]
  for (const [token, inQuotes] of literal.matchAll(TOKEN)) {
    const current = open.at(-1) ?? root
    if (token === "{") {
      const child: Array<unknown> = []
      current.push(child)
      open.push(child)
    } else if (token === "}") open.pop()
    else if (inQuotes !== undefined) current.push(element.parse(inQuotes.replaceAll(/\\(.)/gs, "$1")))
    else current.push(token === "NULL" ? null : element.parse(token))
  }
  const [array] = root
  return Array.isArray(array) ? array : []
}
