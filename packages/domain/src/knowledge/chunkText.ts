import { MAX_PASSAGE, OVERLAP, sizeOf } from "./passageSize.ts"
import { sentencesOf } from "./sentences.ts"

interface Section {
  /** The headings the section stands under, outermost first. */
  readonly headings: ReadonlyArray<string>
  readonly body: string
}

const HEADING = /^(#{1,6})\s+\S/u
const FENCE = /^\s*(?:```|~~~)/u

/** Headings are repeated before each passage of their section, so they are kept short. */
const LONGEST_HEADING = 120

/** Splits Markdown at its headings; text without any is one section. A `#` inside a fenced block is no heading. */
const sectionsOf = (text: string): ReadonlyArray<Section> => {
  const sections: Array<Section> = []
  let headings: ReadonlyArray<{ readonly level: number; readonly line: string }> = []
  let lines: Array<string> = []
  let fenced = false
  const close = (isParent: boolean) => {
    const body = lines.join("\n").trim()
    lines = []
    if (body !== "" || (headings.length > 0 && !isParent)) {
      sections.push({ headings: headings.map(({ line }) => line), body })
    }
  }
  for (const line of text.split("\n")) {
    if (FENCE.test(line)) fenced = !fenced
    const level = fenced ? 0 : (HEADING.exec(line)?.[1]?.length ?? 0)
    if (level === 0) {
      lines.push(line)
      continue
    }
    close(level > (headings.at(-1)?.level ?? 0))
    const heading = { level, line: [...line.trim()].slice(0, LONGEST_HEADING).join("") }
    headings = [...headings.filter((parent) => parent.level < level), heading]
  }
  close(false)
  return sections
}

const tailWithin = (sentences: ReadonlyArray<string>, size: number): ReadonlyArray<string> => {
  let rest = size
  const start = sentences.findLastIndex((sentence) => (rest -= sizeOf(sentence)) < 0)
  return sentences.slice(start + 1)
}

/**
 * Packs whole sentences into passages of at most `room`. The sentences a passage ends with also begin the next one, so that
 * an answer that spans a border is whole on one side of it.
 */
export const packSentences = (text: string, room: number): ReadonlyArray<string> => {
  const passages: Array<string> = []
  let passage: ReadonlyArray<string> = []
  let size = 0
  for (const sentence of sentencesOf(text)) {
    const more = sizeOf(sentence)
    if (size > 0 && size + more > room) {
      passages.push(passage.join("").trim())
      passage = tailWithin(passage, Math.min(OVERLAP, room - more))
      size = passage.reduce((sum, kept) => sum + sizeOf(kept), 0)
    }
    passage = [...passage, sentence]
    size += more
  }
  const last = passage.join("").trim()
  return last === "" ? passages : [...passages, last]
}

/** Cuts plain text or Markdown into passages that can be understood alone: each begins with the headings it stands under. */
export const chunkText = (text: string): ReadonlyArray<string> =>
  sectionsOf(text.replace(/\r\n?/gu, "\n").toWellFormed()).flatMap(({ headings, body }) => {
    const head = headings.join("\n")
    if (body === "") return [head]
    const room = Math.max(MAX_PASSAGE - sizeOf(head), MAX_PASSAGE / 2)
    return packSentences(body, room).map((passage) => (head === "" ? passage : `${head}\n\n${passage}`))
  })
