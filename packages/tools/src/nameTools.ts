import { createHash } from "node:crypto"

/** What models' providers allow as a tool's name. */
const MAX_LENGTH = 64

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8)

/** In the letters that providers know; a name without any of them, such as a Chinese one, by its digest. */
const plain = (text: string): string =>
  /[a-z\d]/iu.test(text) ? text.replace(/[^\w-]/gu, "_") : `tool_${digestOf(text)}`

/** Cut where it is too long, so that different names stay different. */
const fitting = (name: string): string => {
  if (name.length <= MAX_LENGTH) return name
  const digest = digestOf(name)
  return `${name.slice(0, MAX_LENGTH - digest.length - 1)}_${digest}`
}

export interface NamedTool {
  /** The server's name; null for a tool of Butler's own, whose name is taken as it is. */
  readonly server: string | null
  readonly name: string
}

/**
 * A name for each tool that a model can use and that no other has: the tool's own, with its server's before it where two would be
 * alike. It depends on the agent's tools alone, so that a turn that is run again knows them by the same.
 */
export const nameTools = (tools: ReadonlyArray<NamedTool>): ReadonlyArray<string> => {
  const wanted = tools.map(({ name }) => fitting(plain(name)))
  const counts = new Map<string, number>()
  for (const name of wanted) counts.set(name, (counts.get(name) ?? 0) + 1)
  const taken = new Set(wanted.filter((name, index) => tools[index]?.server === null || counts.get(name) === 1))
  return tools.map(({ name, server }, index) => {
    const own = wanted[index] ?? name
    if (server === null || counts.get(own) === 1) return own
    const longer = `${plain(server)}_${plain(name)}`
    let unique = fitting(longer)
    for (let n = 2; taken.has(unique); n++) unique = fitting(`${longer}_${n}`)
    taken.add(unique)
    return unique
  })
}
