import { packSentences } from "./chunkText.ts"
import type { QuestionAnswer } from "./Document.ts"
import { MAX_PASSAGE, sizeOf } from "./passageSize.ts"

export interface PairPassage {
  readonly content: string
  readonly pair: QuestionAnswer
}

/** One passage a pair; a long answer becomes several, each under its question and each knowing the whole answer. */
export const chunkPairs = (pairs: ReadonlyArray<QuestionAnswer>): ReadonlyArray<PairPassage> =>
  pairs.flatMap(({ question, answer }) => {
    const pair = { question: question.trim().toWellFormed(), answer: answer.trim().toWellFormed() }
    const room = Math.max(MAX_PASSAGE - sizeOf(pair.question), MAX_PASSAGE / 2)
    const parts = sizeOf(pair.answer) <= room ? [pair.answer] : packSentences(pair.answer, room)
    return parts.map((part) => ({ content: `Q:${pair.question}\nA:${part}`, pair }))
  })
