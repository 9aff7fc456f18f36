import { TextAnalyzer } from "@butler/domain"
import { Layer } from "effect"
import { detectLanguage } from "./detectLanguage.ts"
import { queryTerms, storedTerms } from "./terms.ts"

/** Text analysis with the words of ICU, the stems of Snowball and the language detector eld; no service, no network. */
export const TextAnalyzerSnowball = Layer.succeed(
  TextAnalyzer,
  TextAnalyzer.of({ detectLanguage, terms: storedTerms, queryTerms })
)
