/** What a server of tools may take up, of time and of room. */
export interface ToolLimits {
  /** From dialling to the end of the introduction. */
  readonly connectMs: number
  /** The whole list of its tools, over all pages. */
  readonly listMs: number
  readonly callMs: number
  /** What is read of the answer to a call, and given on of it. */
  readonly resultBytes: number
  readonly resultCharacters: number
  /** What is read of any other answer. */
  readonly answerBytes: number
  /** Tools of one server; what is beyond is left out. */
  readonly tools: number
  /** Descriptions and schemas of one server's tools together: a model is told all of them with each call. */
  readonly toolCharacters: number
  /** How long a list of tools is taken for true, and an idle connection kept. */
  readonly listedMs: number
  readonly idleMs: number
}

export const defaultToolLimits: ToolLimits = {
  connectMs: 5_000,
  listMs: 5_000,
  callMs: 60_000,
  resultBytes: 262_144,
  resultCharacters: 16_384,
  answerBytes: 4_194_304,
  tools: 128,
  toolCharacters: 262_144,
  listedMs: 300_000,
  idleMs: 120_000
}
