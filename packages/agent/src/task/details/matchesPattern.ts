import { RE2JS } from "re2js"

/** As many as a process keeps; each takes some kB. */
const MOST_PATTERNS = 500

const compiled = new Map<string, RE2JS | null>()

const compile = (pattern: string): RE2JS | null => {
  try {
    return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
  } catch {
    return null
  }
}

const patternOf = (pattern: string): RE2JS | null => {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  const found = compile(pattern)
  if (compiled.size >= MOST_PATTERNS) compiled.clear()
  compiled.set(pattern, found)
  return found
}

/** Whether a text is a pattern in RE2's syntax. */
export const isPattern = (pattern: string): boolean => patternOf(pattern) !== null

/**
 * Whether a text matches the pattern from start to end, in either case. RE2 takes time in proportion to the text, so that a workspace's
 * pattern cannot hold the process up.
 */
export const matchesPattern = (text: string, pattern: string): boolean => patternOf(pattern)?.matches(text) ?? false
