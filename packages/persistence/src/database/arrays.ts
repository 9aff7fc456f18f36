/** How one value of an array travels. */
interface Element {
  readonly serialize: (value: unknown) => string
  readonly parse: (text: string) => unknown
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`

/** A PostgreSQL array literal; a string is taken to be one already. */
export const serializeArray = (values: unknown, element: Element): string => {
  if (!Array.isArray(values)) return String(values)
  const texts = values.map((value: unknown) => {
    if (value === null || value === undefined) return "null"
    return Array.isArray(value) ? serializeArray(value, element) : quoted(element.serialize(value))
  })
  return `{${texts.join(",")}}`
}

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
