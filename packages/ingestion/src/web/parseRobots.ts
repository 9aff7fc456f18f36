/** What a `robots.txt` asks of one robot. */
export interface RobotsRules {
  readonly allows: (url: string) => boolean
  /** The pause between pages that it asks for, in seconds. */
  readonly crawlDelay: number
}

interface Rule {
  readonly pattern: string
  readonly isAllowed: boolean
}

interface Group {
  readonly agents: Array<string>
  readonly rules: Array<Rule>
  crawlDelay: number
}

const MAX_LINES = 20_000

const linesOf = (text: string): ReadonlyArray<readonly [key: string, value: string]> =>
  text
    .split(/\r\n?|\n/u, MAX_LINES)
    .map((line) => /^\s*([a-z-]+)\s*:\s*([^#]*)/iu.exec(line))
    .flatMap((match) => (match === null ? [] : [[(match[1] ?? "").toLowerCase(), (match[2] ?? "").trim()]]))

/** Names of robots that stand below one another begin a group; rules end the naming. */
const groupsOf = (text: string): ReadonlyArray<Group> => {
  const groups: Array<Group> = []
  let isNaming = false
  for (const [key, value] of linesOf(text)) {
    const group = groups.at(-1)
    if (key === "user-agent") {
      const agent = value.toLowerCase()
      if (isNaming) group?.agents.push(agent)
      else groups.push({ agents: [agent], rules: [], crawlDelay: 0 })
      isNaming = true
      continue
    }
    isNaming = false
    if ((key === "allow" || key === "disallow") && value !== "") {
      group?.rules.push({ pattern: pathOf(value), isAllowed: key === "allow" })
    }
    if (key === "crawl-delay" && group !== undefined) group.crawlDelay = Math.max(0, Number(value) || 0)
  }
  return groups
}

/** One spelling: what is not ASCII is percent-encoded, and escapes are in capitals. */
const pathOf = (value: string): string =>
  value
    .replace(/[^\x21-\x7e]+/gu, (text) => encodeURI(text.toWellFormed()))
    .replace(/%[0-9a-f]{2}/giu, (escape) => escape.toUpperCase())

/** `*` stands for anything, a `$` at the end for the end. Without backtracking: a pattern may be of 500 stars. */
const fits = (pattern: string, path: string): boolean => {
  const isAnchored = pattern.endsWith("$")
  const [first = "", ...rest] = (isAnchored ? pattern.slice(0, -1) : pattern).split("*")
  if (!path.startsWith(first)) return false
  const last = isAnchored ? rest.pop() : undefined
  let place = first.length
  for (const part of rest) {
    const found = path.indexOf(part, place)
    if (found < 0) return false
    place = found + part.length
  }
  if (last === undefined) return !isAnchored || place === path.length
  return path.endsWith(last) && path.length - last.length >= place
}

/** The rules for a robot by RFC 9309: its own groups, else those for all; of the rules that fit, the longest decides. */
export const parseRobots = (text: string, robot: string): RobotsRules => {
  const groups = groupsOf(text)
  const own = groups.filter(({ agents }) => agents.includes(robot.toLowerCase()))
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes("*"))
  const rules = chosen
    .flatMap((group) => group.rules)
    .toSorted((a, b) => b.pattern.length - a.pattern.length || Number(b.isAllowed) - Number(a.isAllowed))
  return {
    allows: (url) => {
      const { pathname, search } = new URL(url)
      const path = pathOf(pathname + search)
      return path === "/robots.txt" || (rules.find(({ pattern }) => fits(pattern, path))?.isAllowed ?? true)
    },
    crawlDelay: Math.max(0, ...chosen.map((group) => group.crawlDelay))
  }
}
