/**
 * Pages whose addresses differ in nothing but numbers and parameters are made by a program, and it may be a calendar without an
 * end. More than this many of one shape are not read.
 */
const MAX_PER_SHAPE = 200

/** A calendar's pages: a year and a month in the path, or a date among the parameters. */
const CALENDAR = /\/\d{4}\/\d{1,2}(?:\/|$)|\d{4}-\d{1,2}|[?&](?:date|day|month|year|week|start|from|to|y|m|d)=\d/iu
const MAX_PER_CALENDAR = 30

const shapeOf = (url: string): string => url.replace(/=[^&]*/gu, "=").replace(/\d+/gu, "0")

/** What a crawl has come to, and whether it should go on to an address: not twice, and not into a trap. */
export const makeFrontier = (known: Iterable<string>) => {
  const seen = new Set<string>()
  const shapes = new Map<string, number>()
  const add = (url: string): void => {
    const shape = shapeOf(url)
    seen.add(url)
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1)
  }
  for (const url of known) add(url)
  return {
    admit: (url: string): boolean => {
      if (seen.has(url)) return false
      const shape = shapeOf(url)
      const isMade = shape.includes("?") || shape.includes("0")
      const most = CALENDAR.test(url) ? MAX_PER_CALENDAR : MAX_PER_SHAPE
      if (isMade && (shapes.get(shape) ?? 0) >= most) return false
      add(url)
      return true
    }
  }
}
export type Frontier = ReturnType<typeof makeFrontier>
