import type { ModelCall } from "@butler/domain"

/** Scripts whose characters are about a token each. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu

const CHARACTERS_PER_TOKEN = 4

/** About how many tokens a text is, for a model that does not say. */
export const estimateTokens = (text: string): number => {
  const dense = text.match(DENSE)?.length ?? 0
  return dense + Math.ceil((text.length - dense) / CHARACTERS_PER_TOKEN)
}

/** About how many tokens a call sends. */
export const estimateInput = ({ messages, tools = [] }: ModelCall): number =>
  messages.reduce((sum, { content }) => sum + estimateTokens(content), 0) +
  (tools.length === 0 ? 0 : estimateTokens(JSON.stringify(tools)))
