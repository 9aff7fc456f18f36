interface Node {
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value)

/**
 * Moves error responses that several operations have alike into `components.responses`, under the codes they show as
 * examples. It halves the document.
 */
export const shareResponses = (document: Node): Node => {
  const counts = new Map<string, number>()
  eachError(document, (response) => counts.set(key(response), (counts.get(key(response)) ?? 0) + 1))
  const shared = new Map<string, Node>()
  const paths = eachError(document, (response) => {
    const name = nameOf(response)
    if (name === undefined || (counts.get(key(response)) ?? 0) < 2) return response
    const holder = shared.get(name) ?? response
    if (key(holder) !== key(response)) return response
    shared.set(name, response)
    return { $ref: `#/components/responses/${name}` }
  })
  const components = isNode(document["components"]) ? document["components"] : {}
  return { ...document, paths, components: { ...components, responses: Object.fromEntries(shared) } }
}

const key = (response: Node): string => JSON.stringify(response)

/** `dialog_not_found` beside `forbidden` is called `DialogNotFoundForbidden`, after the envelope of its API. */
const nameOf = (response: Node): string | undefined => {
  const media = isNode(response["content"]) ? Object.values(response["content"])[0] : undefined
  if (!isNode(media) || !isNode(media["examples"])) return undefined
  const codes = Object.keys(media["examples"])
    .join("_")
    .replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
  const envelope = isNode(media["schema"])
    ? String(media["schema"]["$ref"] ?? "")
        .split("/")
        .at(-1)
    : ""
  return `${envelope}${codes}`
}

/** The paths with every error response replaced by what `change` makes of it. */
const eachError = (document: Node, change: (response: Node) => unknown): Node =>
  mapNodes(document["paths"], (item) =>
    mapNodes(item, (operation) => ({
      ...operation,
      responses: mapNodes(operation["responses"], (response, status) =>
        Number(status) < 400 ? response : change(response)
      )
    }))
  )

const mapNodes = (nodes: unknown, change: (node: Node, key: string) => unknown): Node =>
  isNode(nodes)
    ? Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, isNode(node) ? change(node, name) : node]))
    : {}
