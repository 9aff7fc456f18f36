import type { DetectedLanguage } from "@butler/domain"
import { english } from "./phrases/english.ts"
import { taskPhrases } from "./taskPhrases.ts"

/** Polite words around it change nothing. */
const BEFORE = /^(?:(?:please|ok|okay|oh|no|bitte|por favor|per favore|пожалуйста)\s+|请(?:帮我)?)/u
const BEHIND = /(?:\s+(?:please|bitte|por favor|per favore|пожалуйста)|[吧了啊呢]|ครับ|ค่ะ)$/u

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}'\s]+/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim()

/** Whether a message says nothing but that somebody does not want to go on. "Cancel my order" is another matter. */
export const isLeaving = (message: string, { code }: DetectedLanguage): boolean => {
  const said = plain(message)
  const bare = said.replace(BEFORE, "").replace(BEHIND, "").trim()
  const words = new Set([...taskPhrases(code).leaving, ...english.leaving].map(plain))
  return words.has(said) || words.has(bare)
}
