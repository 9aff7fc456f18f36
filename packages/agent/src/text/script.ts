/** Writing systems that tell languages apart. `Han` stands for Chinese unless Kana comes with it. */
export type Script = "Latin" | "Cyrillic" | "Arabic" | "Han" | "Kana" | "Hangul" | "Thai" | "Other"

const patterns: ReadonlyArray<readonly [Script, RegExp]> = [
  ["Latin", /[\p{Script=Latin}]+/gu],
  ["Cyrillic", /[\p{Script=Cyrillic}]+/gu],
  ["Arabic", /[\p{Script=Arabic}]+/gu],
  ["Han", /\p{Script=Han}/gu],
  ["Kana", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["Hangul", /[\p{Script=Hangul}]+/gu],
  ["Thai", /[\p{Script=Thai}]+/gu]
]

/** About how many words a match is: scripts without spaces give one match for a character or for a whole phrase. */
const WORDS_PER_MATCH: Partial<Record<Script, number>> = { Han: 0.8, Kana: 0.6, Thai: 3 }

const LETTERS = /[\p{L}\p{M}]+/gu

/**
 * The script most words of a text are in, so that "iPhone 15 退款" is Chinese though most of its letters are Latin.
 * `share` is that script's part of all words, `words` about how many there are.
 */
export const dominantScript = (
  text: string
): { readonly script: Script; readonly share: number; readonly words: number } => {
  const counts = new Map<Script, number>()
  for (const [script, pattern] of patterns) {
    const matches = text.match(pattern)
    if (matches !== null) counts.set(script, matches.length * (WORDS_PER_MATCH[script] ?? 1))
  }
  const kana = counts.get("Kana")
  if (kana !== undefined) {
    counts.set("Kana", kana + (counts.get("Han") ?? 0))
    counts.delete("Han")
  }
  if (counts.size === 0) counts.set("Other", text.match(LETTERS)?.length ?? 0)
  const words = counts.values().reduce((sum, count) => sum + count, 0)
  const [script, most] = counts.entries().reduce((best, entry) => (entry[1] > best[1] ? entry : best))
  return { script, share: words === 0 ? 0 : most / words, words }
}
