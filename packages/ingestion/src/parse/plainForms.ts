/** Ligatures, Hebrew and Arabic letters by their shape, and spaces by their width. All else, as ½ or ², says more than its plain form. */
const SHAPED = /[\u00a0\u00b5\u037e\u0eb3\u2000-\u200a\u202f\u2126\ufb00-\ufdff\ufe70-\ufefc]+/gu

/**
 * The article before an alef, whose lam stands behind it: pdf.js turns the two letters of a lam-alef that one glyph draws. No word
 * begins so. Within words, where the turned letters may be another word's, they stay.
 */
const TURNED_ARTICLE = /(?<!\p{L})([وفبك]?ا)([اأإآ])ل/gu

/** Text by its letters and not by how they were drawn. */
export const plainForms = (text: string): string =>
  text.replace(SHAPED, (shaped) => shaped.normalize("NFKC")).replace(TURNED_ARTICLE, "$1ل$2")
