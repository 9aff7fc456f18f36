import { Context } from "effect"

/** The language of a text: ISO 639-1 code, its name in itself ("中文"), and whether the text leaves no doubt. */
export interface DetectedLanguage {
  readonly code: string
  readonly name: string
  readonly certain: boolean
}

/** A term to look for. Terms of the same `word` stand for one word of the query: spellings, or stems in several languages. */
export interface QueryTerm {
  readonly term: string
  readonly weight: number
  readonly word: number
}

/** Turns text into what the index holds. Pure and synchronous: it is on the path of every turn. */
export class TextAnalyzer extends Context.Service<
  TextAnalyzer,
  {
    readonly detectLanguage: (text: string) => DetectedLanguage
    /** The terms of a stored text, each as often as it occurs. */
    readonly terms: (text: string, language: Pick<DetectedLanguage, "code" | "certain">) => ReadonlyArray<string>
    /** The terms of a query, each once. A mistaken language must not lose what `terms` stored under the right one. */
    readonly queryTerms: (text: string, language: Pick<DetectedLanguage, "code">) => ReadonlyArray<QueryTerm>
  }
>()("@butler/domain/TextAnalyzer") {}
