const segmenter = new Intl.Segmenter(undefined, { granularity: "word" })

/** Scripts that put no space between words. All others are cut with a pattern, which is ten times as fast. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Scripts whose words are also found by their pairs of characters: 申请退款 by 申请, 请退, 退款; 환불을 by 환불, 불을. */
const IN_PAIRS = /[\p{Script=Han}\p{Script=Hangul}]{2,}/gu

/** Letters and digits, held together by an apostrophe between letters or a point or comma between digits. */
const RUN = /[\p{L}\p{M}\p{N}]+(?:(?:['’ʼ‘]|(?<=\p{N})[.,](?=\p{N}))[\p{L}\p{M}\p{N}]+)*/gu
const APOSTROPHE = /['’ʼ‘]/u

/** Nobody asks for a longer word; a longer one is a token or a file that was pasted. */
const LONGEST_WORD = 64

const partsOf = (run: string): ReadonlyArray<string> => {
  if (WITHOUT_SPACES.test(run)) {
    return Array.from(segmenter.segment(run), (part) => (part.isWordLike === true ? part.segment : ""))
  }
  return APOSTROPHE.test(run) ? run.split(APOSTROPHE).filter((part) => part.length > 1) : [run]
}

/** One spelling of full-width, half-width and ligature forms; halves of characters are dropped. */
export const normaliseText = (text: string): string => text.toWellFormed().normalize("NFKC")

/** The words of a text, without punctuation. An apostrophe parts words (l'hôtel, Ankara'nın) and a letter it leaves alone goes. */
export const wordsOf = (text: string): ReadonlyArray<string> =>
  (text.match(RUN) ?? []).flatMap(partsOf).filter((word) => word !== "" && word.length <= LONGEST_WORD)

/** The pairs of neighbouring characters in the words and phrases of scripts that need them. */
export const characterPairsOf = (text: string): ReadonlyArray<string> =>
  (text.match(IN_PAIRS) ?? []).flatMap((run) => {
    const characters = [...run]
    return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
  })

const HAN = /^\p{Script=Han}/u

/** The first character of each Han word: in everyday speech it stands for the word (可以退吗 for 退款). */
export const hanInitialsOf = (words: ReadonlyArray<string>): ReadonlyArray<string> =>
  words.flatMap((word) => HAN.exec(word) ?? [])
