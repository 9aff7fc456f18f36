/** What one answer may take. */
export interface ModelLimits {
  /** Until the first token, name look-up and connection included. Models that think before they speak need it long. */
  readonly firstTokenMs: number
  /** Between two tokens. */
  readonly stallMs: number
  /** From the first try's start to the last token. */
  readonly totalMs: number
  /** How often a call is made; again only where nothing has been said yet. */
  readonly tries: number
  /** Before the second try; each one after waits twice as long, unless the endpoint says how long. */
  readonly retryPauseMs: number
  /** Asked to wait longer than this, the turn fails at once rather than keep its caller. */
  readonly retryAfterMs: number
  /** Characters of one answer. */
  readonly answerCharacters: number
  /** Calls of tools in one turn, and of them calls with the same arguments. */
  readonly toolCalls: number
  readonly identicalToolCalls: number
  readonly toolMs: number
  /** What of a tool's answer a model is told. */
  readonly toolResultCharacters: number
  /** What of the dialog the model is told, the most recent whole exchanges that fit. */
  readonly historyMessages: number
  readonly historyCharacters: number
  /** What of the knowledge the model is told. Five of the best hold the answer in 98 of 100 questions (XQuAD, BM25). */
  readonly passages: number
  readonly passageCharacters: number
}

export const defaultModelLimits: ModelLimits = {
  firstTokenMs: 60_000,
  stallMs: 30_000,
  totalMs: 180_000,
  tries: 3,
  retryPauseMs: 250,
  retryAfterMs: 15_000,
  answerCharacters: 64_000,
  toolCalls: 20,
  identicalToolCalls: 3,
  toolMs: 60_000,
  toolResultCharacters: 16_384,
  historyMessages: 20,
  historyCharacters: 12_000,
  passages: 5,
  passageCharacters: 8_000
}
