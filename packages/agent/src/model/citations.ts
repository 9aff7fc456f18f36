/** A mark behind a statement: the numbers of passages, or a question mark where nothing holds the answer. */
const NUMBERS = String.raw`\^?\d{1,3}(?:\s?(?:,|;|-|–|、|，)\s?\^?\d{1,3}){0,9}`
/** Some models call the passage what it is, and some close with where they think it is from. */
const LABEL = String.raw`(?:(?:passages?|sources?|documents?|来源|资料|文档|段落)[\s:：#]*)?`
const INNER = String.raw`${LABEL}(${NUMBERS}|\?)`
/** Blanks that go with a mark. Bounded, as all that is held back is: a model may stream nothing but blanks. */
const BEFORE = String.raw`[ \t]{0,8}`
const MARK = new RegExp(
  String.raw`${BEFORE}(?:\[\[${INNER}\](?:\]|(?=[^\]]))|(?<!\[)\[${INNER}\]|【${INNER}(?:†[^】]{0,40})?】)`,
  "giu"
)

/** What may become a mark when more comes, looked for in the last of a text. */
const BEGUN = new RegExp(
  String.raw`${BEFORE}(?:\[\[[^[\]]{0,30}\]?|\[[\p{L}\d\s,;:：#、，^?–-]{0,60}|【[^】]{0,60})$`,
  "u"
)
const LONGEST_BEGUN = 72

/** Or what may stand before one. */
const BLANKS = /[ \t]{1,8}$/u

/** The most passages that a range such as `[1-3]` stands for. */
const LONGEST_RANGE = 20

const rangeOf = (text: string): ReadonlyArray<number> => {
  const [from = 0, to = from] = text.split(/[-–]/u).map((part) => Number(part.replace("^", "").trim()))
  return to < from || to - from > LONGEST_RANGE
    ? [from]
    : Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** Takes the marks out of a text that comes piece by piece. */
export interface CitationFilter {
  /** What of the text can be shown by now. */
  readonly push: (piece: string) => string
  /** What was held back, once nothing more comes. */
  readonly flush: () => string
  /** The numbers of the marks so far. */
  readonly cited: ReadonlySet<number>
  /** Whether a mark said that nothing holds the answer. */
  readonly admits: () => boolean
}

/** Where marks are `expected`, blanks wait for what comes behind them: they go with the mark. */
export const makeCitationFilter = (expected: boolean): CitationFilter => {
  const cited = new Set<number>()
  let admitted = false
  let pending = ""

  const note = (mark: string): void => {
    if (mark === "?") admitted = true
    else for (const part of mark.split(/[,;、，]/u)) for (const number of rangeOf(part)) cited.add(number)
  }

  const clean = (text: string): string =>
    text.replace(MARK, (_, double?: string, square?: string, lenticular?: string) => {
      note(double ?? square ?? lenticular ?? "")
      return ""
    })

  return {
    cited,
    admits: () => admitted,
    push: (piece) => {
      const text = clean(pending + piece)
      const last = text.slice(-LONGEST_BEGUN)
      const held = (BEGUN.exec(last) ?? (expected ? BLANKS.exec(last) : null))?.[0].length ?? 0
      pending = text.slice(text.length - held)
      return text.slice(0, text.length - held)
    },
    flush: () => {
      const text = pending.trimEnd()
      pending = ""
      return text
    }
  }
}
