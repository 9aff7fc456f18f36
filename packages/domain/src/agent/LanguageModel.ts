import { Context, type Redacted, Schema, type Stream } from "effect"

/** One message of a prompt. */
export interface PromptMessage {
  readonly role: "system" | "user" | "assistant"
  readonly content: string
}

/** Where a model is reached, and as whom. */
export interface ModelEndpoint {
  /** The base URL of an OpenAI-compatible API, such as `https://api.openai.com/v1`. */
  readonly url: string
  readonly model: string
  readonly apiKey: Redacted.Redacted | null
  /** Who chose the URL: the operator's own is trusted, a workspace's is judged by the egress rules. */
  readonly chosenBy: "operator" | "workspace"
}

export interface ModelCall {
  readonly endpoint: ModelEndpoint
  readonly messages: ReadonlyArray<PromptMessage>
  readonly temperature: number | null
}

/** Tokens as the model counted them; null where it does not say. */
export interface ModelUsage {
  readonly inputTokens: number | null
  readonly outputTokens: number | null
}

/** A piece of the text, or its end. A stream that ends well has exactly one `Finished`, as its last event. */
export type ModelEvent =
  | { readonly _tag: "Delta"; readonly text: string }
  | { readonly _tag: "Finished"; readonly reason: "stop" | "length" | "other"; readonly usage: ModelUsage }

/** The model gave no whole answer. `detail` is safe to show: neither secrets nor the endpoint's own text. */
export class ModelFailed extends Schema.TaggedError<ModelFailed>()("ModelFailed", {
  type: Schema.Literals(["model_failed", "model_timeout"]),
  detail: Schema.String,
  /** Whether the same call may well succeed later. */
  retryable: Schema.Boolean,
  /** How long the endpoint asks to be left alone. */
  retryAfterMs: Schema.NullOr(Schema.Finite)
}) {
  override get message(): string {
    return this.detail
  }
}

/** A model that continues a conversation. One call is one request: it neither retries nor keeps time. */
export class LanguageModel extends Context.Service<
  LanguageModel,
  { readonly stream: (call: ModelCall) => Stream.Stream<ModelEvent, ModelFailed> }
>()("@butler/domain/LanguageModel") {}
