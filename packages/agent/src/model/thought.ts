/** What some models write before they answer, in the answer itself. */
const OPEN = /^<(think|thinking|thought|reasoning)>/iu
const LONGEST_TAG = "</reasoning>".length
const MAY_OPEN = /^<[a-z]*$/iu

/** Blanks, and characters that nobody sees. */
const UNSEEN = /^[\s\p{Default_Ignorable_Code_Point}]+/u

/** Takes what a model thinks aloud, and what nobody sees, from the beginning of a text that comes piece by piece. */
export interface ThoughtFilter {
  readonly push: (piece: string) => string
  /** What was held back, once nothing more comes: a thought without an end is no answer. */
  readonly flush: () => string
}

export const makeThoughtFilter = (): ThoughtFilter => {
  let pending = ""
  let closing: RegExp | null = null
  let begun = false

  const leave = (text: string): string => {
    pending = ""
    begun = text !== ""
    return text
  }

  /** Whether no thought is open any more. */
  const close = (): boolean => {
    if (closing === null) return true
    const end = closing.exec(pending)
    // The tag may come in two pieces.
    pending = end === null ? pending.slice(-LONGEST_TAG) : pending.slice(end.index + end[0].length)
    if (end !== null) closing = null
    return end !== null
  }

  const next = (): string => {
    while (close()) {
      pending = pending.replace(UNSEEN, "")
      const tag = OPEN.exec(pending)
      if (tag === null) return pending.length <= LONGEST_TAG && MAY_OPEN.test(pending) ? "" : leave(pending)
      closing = new RegExp(`</${tag[1]}>`, "iu")
      pending = pending.slice(tag[0].length)
    }
    return ""
  }

  return {
    push: (piece) => {
      if (begun) return piece
      pending += piece
      return next()
    },
    flush: () => (closing === null ? leave(pending) : "")
  }
}
