import type { DetectedLanguage } from "@butler/domain"
import { languageOfGreeting } from "./greetings.ts"
import { languageName } from "./languageName.ts"
import { judgeByNgrams } from "./ngrams/judgeByNgrams.ts"
import { dominantScript, type Script } from "./script.ts"

/** Scripts that are one language's own. */
const OF_ONE_LANGUAGE: Partial<Record<Script, string>> = { Han: "zh", Kana: "ja", Hangul: "ko", Thai: "th" }

/** Scripts of several languages: which these are, and the one a text too short to tell is taken for. */
const OF_SEVERAL: Partial<Record<Script, { readonly usual: string; readonly others: ReadonlyArray<string> }>> = {
  Cyrillic: { usual: "ru", others: ["uk", "be", "bg", "sr"] },
  Arabic: { usual: "ar", others: ["fa", "ur", "ku"] },
  Latin: { usual: "en", others: [] }
}

const SAMPLE = 600

/** Letters of a script that one language has and those after it in its list have not; Arabic itself has none of these. */
const TELLING: Partial<Record<Script, ReadonlyArray<readonly [letters: RegExp, code: string]>>> = {
  Cyrillic: [
    [/ў|ы.*і|і.*ы/iu, "be"],
    [/[їєґі]/iu, "uk"],
    [/[ђјљњћџ]/iu, "sr"],
    [/[ыэё]|ь(?!о)/iu, "ru"]
  ],
  Arabic: [
    [/[ٹڈڑںےھہ]/u, "ur"],
    [/[ێۆڕڵ]/u, "ku"],
    [/[پچژگ].*[پچژگکی]|[کی].*[پچژگ]|ک.*ی|ی.*ک/su, "fa"]
  ]
}

/** A word or two give n-grams too few to be believed against what is usual; marks on Latin letters speak against English. */
const marginFor = (sample: string, words: number, others: ReadonlyArray<string>): number => {
  if (others.length > 0) return words > 6 ? 0 : 0.3
  if (words > 3) return 0
  if (MARKED.test(sample)) return 0
  return words > 2 ? 0.06 : 0.2
}

const MARKED = /[\u00C0-\u024F\u1E00-\u1EFF]/u

const named = (code: string, certain: boolean): DetectedLanguage => ({ code, name: languageName(code), certain })

/**
 * Judges the language of a text: by its script where that settles it, else by character n-grams (eld's extra small set;
 * its large one takes 1.7 s to load and 0.4 GB).
 */
export const detectLanguage = (text: string): DetectedLanguage => {
  const sample = text.slice(0, SAMPLE).toWellFormed()
  const { script, share, words } = dominantScript(sample)
  if (words === 0) return named("en", false)
  const only = OF_ONE_LANGUAGE[script]
  if (only !== undefined) return named(only, share >= 0.5)
  const greeting = languageOfGreeting(sample)
  if (greeting !== undefined) return named(greeting, false)
  const telling = TELLING[script]?.find(([letters]) => letters.test(sample))
  if (telling !== undefined) return named(telling[1], share >= 0.5)
  const found = judgeByNgrams(sample)
  const { usual, others } = OF_SEVERAL[script] ?? { usual: found.language, others: [] }
  if (others.length > 0 && !others.includes(found.language)) return named(usual, share >= 0.5)
  const lead = found.scoreOf(found.language) - found.scoreOf(usual)
  const isUsual = found.language === "" || lead < marginFor(sample, words, others)
  const reliable = words > 1 && share >= 0.5 && found.reliable
  return isUsual
    ? named(usual === "" ? "en" : usual, reliable && found.language === usual)
    : named(found.language, reliable)
}
