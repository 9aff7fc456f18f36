import { MAX_PASSAGE, sizeOf } from "./passageSize.ts"

const segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" })

/** Thai, Lao, Khmer and Burmese end a sentence with a space, or with nothing. */
const WITHOUT_FULL_STOP = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const SHORTEST_CLAUSE = 110
const HARD_CUT = 300

/** A line that goes on in lower case was wrapped, not ended. */
const unwrap = (text: string): string => text.replace(/([\p{L}\p{N},;])\n(?=\p{Ll})/gu, "$1 ")

const clausesAtSpaces = (sentence: string): ReadonlyArray<string> => {
  const clauses: Array<string> = []
  let clause = ""
  for (const part of sentence.split(/(?<=\s)/u)) {
    clause += part
    if (clause.length >= SHORTEST_CLAUSE) {
      clauses.push(clause)
      clause = ""
    }
  }
  return clause === "" ? clauses : [...clauses, clause]
}

/** Cuts what no punctuation cuts, between words where there are any, never inside a character. */
const cutHard = (sentence: string): ReadonlyArray<string> => {
  if (sizeOf(sentence) <= MAX_PASSAGE) return [sentence]
  const pieces: Array<string> = []
  let piece = ""
  for (const word of sentence.match(/\S{1,100}\s*|\s+/gu) ?? []) {
    if (piece !== "" && piece.length + word.length > HARD_CUT) {
      pieces.push(piece)
      piece = ""
    }
    piece += word
  }
  return piece === "" ? pieces : [...pieces, piece]
}

/** The sentences of a text in order, each with the white space behind it; joined they are the text, wrapped lines unwrapped. */
export const sentencesOf = (text: string): ReadonlyArray<string> =>
  Array.from(segmenter.segment(unwrap(text)), ({ segment }) => segment)
    .flatMap((sentence) => (WITHOUT_FULL_STOP.test(sentence) ? clausesAtSpaces(sentence) : [sentence]))
    .flatMap(cutHard)
