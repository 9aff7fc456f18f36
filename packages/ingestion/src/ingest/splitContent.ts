import type { DocumentContent, QuestionAnswer } from "@butler/domain"

/** A document is replaced in one transaction, which holds up whoever else writes to its knowledge base: some 400 chunks, a second. */
const MAX_PART = 500_000

const sizeOf = ({ answer, question }: QuestionAnswer): number => question.length + answer.length

const splitPairs = (pairs: ReadonlyArray<QuestionAnswer>): ReadonlyArray<DocumentContent> => {
  const parts: Array<Array<QuestionAnswer>> = []
  let room = 0
  for (const pair of pairs) {
    if (room < sizeOf(pair)) {
      parts.push([])
      room = MAX_PART
    }
    parts.at(-1)?.push(pair)
    room -= sizeOf(pair)
  }
  return parts.map((part) => ({ kind: "pairs", pairs: part }))
}

/** Before a heading where there is one in the part's second half, else between paragraphs or lines, else anywhere. */
const cutOf = (text: string): number => {
  const part = text.slice(0, MAX_PART)
  const places = ["\n# ", "\n## ", "\n\n", "\n"].map((mark) => part.lastIndexOf(mark))
  return places.find((place) => place > MAX_PART / 2) ?? part.length
}

const splitText = (text: string): ReadonlyArray<DocumentContent> => {
  const parts: Array<DocumentContent> = []
  let rest = text
  while (rest.length > MAX_PART) {
    const cut = cutOf(rest)
    parts.push({ kind: "text", text: rest.slice(0, cut) })
    rest = rest.slice(cut).trimStart()
  }
  return [...parts, { kind: "text", text: rest }]
}

/** What a file or page says as one document, or several when it is long. */
export const splitContent = (content: DocumentContent): ReadonlyArray<DocumentContent> =>
  content.kind === "pairs" ? splitPairs(content.pairs) : splitText(content.text)
