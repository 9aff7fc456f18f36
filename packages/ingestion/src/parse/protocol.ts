import type { DocumentContent, FileKind, QuestionAnswer } from "@butler/domain"

/** What a parser thread can read: files of each kind, and sitemaps. */
export type ParseKind = FileKind | "sitemap"

export interface ParseRequest {
  readonly kind: ParseKind
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Of a page; what its links are relative to. */
  readonly url: string | null
  /** The encoding that a server has named. */
  readonly charset: string | null
}

/** Why something cannot be read. `too_complex`: it takes more memory or time than anything honest does. */
export type ParseCode = "broken_file" | "encrypted" | "no_text" | "too_complex" | "too_long" | "zip_bomb"

/** What something says, and where it leads. */
export interface Parsed {
  readonly title: string | null
  readonly content: DocumentContent
  /** Absolute, as they are written. */
  readonly links: ReadonlyArray<string>
  /** Sitemaps that a sitemap names. */
  readonly sitemaps: ReadonlyArray<string>
  /** What the page asks of robots. */
  readonly mayIndex: boolean
  readonly mayFollow: boolean
}

export type ParseReply =
  | { readonly ok: true; readonly parsed: Parsed }
  | { readonly ok: false; readonly code: ParseCode; readonly detail: string }

/** Thrown by parsers, in their threads. */
export class Unreadable extends Error {
  override readonly name = "Unreadable"
  readonly code: ParseCode

  constructor(code: ParseCode, detail: string) {
    super(detail)
    this.code = code
  }
}

/** More text than this is not read of one file: 10 million characters are some 5,000 printed pages. */
export const MAX_TEXT = 10_000_000

const nowhere = { links: [], sitemaps: [], mayIndex: true, mayFollow: true } as const

/** Throws for so many characters. */
export const refuseTooLong = (characters: number): void => {
  if (characters > MAX_TEXT)
    throw new Unreadable("too_long", `it has more than ${MAX_TEXT.toLocaleString("en")} characters`)
}

/** A file that says something; it leads nowhere. */
export const plainText = (text: string, title: string | null = null): Parsed => {
  const said = text.trim()
  if (said === "") throw new Unreadable("no_text", "there is no text in it")
  refuseTooLong(said.length)
  return { title, content: { kind: "text", text: said }, ...nowhere }
}

export const plainPairs = (pairs: ReadonlyArray<QuestionAnswer>): Parsed => {
  if (pairs.length === 0) throw new Unreadable("no_text", "there is no question with an answer in it")
  refuseTooLong(pairs.reduce((sum, { answer, question }) => sum + question.length + answer.length, 0))
  return { title: null, content: { kind: "pairs", pairs }, ...nowhere }
}
