import type { TurnStep } from "@butler/domain"
import { estimateTokens } from "../model/estimateTokens.ts"

export interface EndpointCall {
  readonly name: "embedding" | "rerank"
  readonly model: string
  readonly startedAt: number
  readonly endedAt: number
  /** What was sent, for an endpoint that does not count. */
  readonly texts: ReadonlyArray<string>
  /** As the endpoint counted them. */
  readonly tokens: number | null
}

/** A call of an endpoint as a step of a turn. It has no cost: the operator's endpoints have no prices. */
export const endpointStep = ({ endedAt, model, name, startedAt, texts, tokens }: EndpointCall): TurnStep => ({
  name,
  startedAt,
  durationMs: endedAt - startedAt,
  outcome: "ok",
  model,
  tokens:
    tokens === null
      ? { input: texts.reduce((sum, text) => sum + estimateTokens(text), 0), output: 0, estimated: true }
      : { input: tokens, output: 0 }
})
