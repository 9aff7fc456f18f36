import { Context, type Redacted, Schema, type Stream } from "effect"
import type { ModelProvider } from "./AgentModel.ts"

/** A tool as a model is told of it; `inputSchema` is a JSON Schema. */
export interface ModelTool {
  readonly name: string
  readonly description: string
  readonly inputSchema: Readonly<Record<string, unknown>>
}

/** A model's wish to have a tool called. */
export interface ModelToolCall {
  readonly id: string
  readonly name: string
  readonly input: unknown
}

/** One message of a prompt. An assistant's tool calls are answered by the `tool` messages behind it, one each. */
export type PromptMessage =
  | { readonly role: "system" | "user"; readonly content: string }
  | { readonly role: "assistant"; readonly content: string; readonly toolCalls?: ReadonlyArray<ModelToolCall> }
  | { readonly role: "tool"; readonly content: string; readonly call: Pick<ModelToolCall, "id" | "name"> }

/** Where a model is reached, and as whom. */
export interface ModelEndpoint {
  readonly provider: ModelProvider
  /** The base URL, such as `https://api.openai.com/v1`. */
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
  readonly tools?: ReadonlyArray<ModelTool>
  /** The tools are told because the messages speak of them; none of them is to be called any more. */
  readonly toolsSpent?: boolean
}

/** Tokens as the model counted them; null where it does not say, or says what cannot be. */
export interface ModelUsage {
  readonly inputTokens: number | null
  readonly outputTokens: number | null
}

/** Why a model stopped; `length` and `content-filter` in the middle of what it was saying. */
export type ModelFinish = "stop" | "length" | "tool-calls" | "content-filter" | "other"

/** A piece of the text, a whole tool call, or the end. A stream that ends well has exactly one `Finished`, as its last event. */
export type ModelEvent =
  | { readonly _tag: "Delta"; readonly text: string }
  | ({ readonly _tag: "ToolCall" } & ModelToolCall)
  | { readonly _tag: "Finished"; readonly reason: ModelFinish; readonly usage: ModelUsage }

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
