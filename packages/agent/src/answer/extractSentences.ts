import { type ScoredChunk, sentencesOf } from "@butler/domain"
import { storedTerms } from "../text/terms.ts"
import { coverage, type WeighedWord } from "./relevance.ts"

interface Sentence {
  readonly text: string
  readonly chunk: ScoredChunk
  readonly place: number
  readonly words: ReadonlyArray<WeighedWord>
  readonly score: number
}

const MOST_SENTENCES = 3

/** A sentence further down the ranking must say something about what the chosen ones leave open. */
const WORTH_ADDING = 0.12

/** What a chunk's rank takes off its sentences. */
const RANK_COST = 0.1

/** A passage as short as this is given whole: cutting it would only lose conditions and dates. */
const SHORT_PASSAGE = 3

const HEADINGS = /^(?:#{1,6}\s.*\n*)+/u

const bodyOf = (chunk: ScoredChunk): string => chunk.content.replace(HEADINGS, "").trim() || chunk.content

const termsOf = (text: string, chunk: ScoredChunk): ReadonlySet<string> =>
  new Set(storedTerms(text, { code: chunk.lang, certain: false }))

const sentencesIn = (chunk: ScoredChunk, rank: number, words: ReadonlyArray<WeighedWord>): ReadonlyArray<Sentence> =>
  sentencesOf(bodyOf(chunk))
    .filter((text) => text.trim() !== "")
    .map((text, index) => ({
      text,
      chunk,
      place: rank * 10_000 + index,
      words,
      score: coverage(words, termsOf(text, chunk)) - rank * RANK_COST
    }))

const keyOf = (text: string): string => text.trim().replace(/\s+/gu, " ")

const withoutRepeats = (sentences: ReadonlyArray<Sentence>): ReadonlyArray<Sentence> =>
  [...new Map(sentences.toReversed().map((sentence) => [keyOf(sentence.text), sentence])).values()].toReversed()

const CLOSED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}。！？；：，、）」』】]$/u

/** Joins sentences as their script does; what stood on lines of its own stays so. */
const joinSentences = (sentences: ReadonlyArray<Sentence>): string =>
  sentences
    .reduce((text, sentence) => {
      const next = sentence.text.trim()
      if (text === "") return next + (sentence.text.includes("\n") ? "\n" : "")
      const gap = text.endsWith("\n") || CLOSED.test(text) ? "" : " "
      return text + gap + next + (sentence.text.includes("\n") ? "\n" : "")
    }, "")
    .trim()

const choose = (sentences: ReadonlyArray<Sentence>): ReadonlyArray<Sentence> => {
  const ranked = sentences.toSorted((a, b) => b.score - a.score || a.place - b.place)
  const chosen: Array<Sentence> = []
  let known: ReadonlySet<string> = new Set()
  let covered = 0
  for (const sentence of ranked) {
    if (chosen.length === MOST_SENTENCES) break
    const together = known.union(termsOf(sentence.text, sentence.chunk))
    const gain = coverage(sentence.words, together) - covered
    if (chosen.length > 0 && gain < WORTH_ADDING) continue
    chosen.push(sentence)
    known = together
    covered += gain
  }
  return chosen
}

/** One to three sentences of the passages that say most of what the query asks, in their order, none twice. */
export const extractSentences = (
  passages: ReadonlyArray<ScoredChunk>,
  words: ReadonlyArray<WeighedWord>
): { readonly text: string; readonly chunks: ReadonlyArray<ScoredChunk> } => {
  const [best] = passages
  const all = passages.flatMap((chunk, rank) => sentencesIn(chunk, rank, words))
  const whole = all.filter(({ chunk }) => chunk === best)
  const chosen =
    whole.length <= SHORT_PASSAGE ? whole : choose(withoutRepeats(all)).toSorted((a, b) => a.place - b.place)
  return { text: joinSentences(chosen), chunks: [...new Set(chosen.map(({ chunk }) => chunk))] }
}
