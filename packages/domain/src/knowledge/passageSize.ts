/**
 * Sizes are counted in Latin letters. A Han, Kana or Hangul character says about as much as three of them, so a
 * passage is some 190 English words or 400 Chinese characters: most support articles' sections whole.
 */
export const MAX_PASSAGE = 1200

/** How much of the end of a passage the next one repeats, in whole sentences. */
export const OVERLAP = 160

const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu

export const sizeOf = (text: string): number => text.length + (text.match(DENSE)?.length ?? 0) * 2
