import { TextAnalyzer } from "@butler/domain"
import { Layer } from "effect"

const words = (text: string) => text.toLowerCase().match(/\w+/gu) ?? []

/** Knows words, and Chinese from English by its script. */
export const wordsAnalyzer = Layer.succeed(
  TextAnalyzer,
  TextAnalyzer.of({
    detectLanguage: (text) => ({ code: /\p{Script=Han}/u.test(text) ? "zh" : "en", name: "", certain: true }),
    terms: words,
    queryTerms: (text) => words(text).map((term, word) => ({ term, weight: 1, word }))
  })
)
