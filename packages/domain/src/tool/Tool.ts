import { type Effect, Schema } from "effect"
import type { AgentLog } from "../agent/AgentLog.ts"
import type { ModelTool } from "../agent/LanguageModel.ts"
import type { TurnEffect } from "../turn/TurnEffect.ts"

/** What a tool said. An error is the tool's own, told to the model so that it can do otherwise. */
export interface ToolResult {
  readonly content: string
  readonly isError: boolean
}

/** A line of the log that is still to be dated. */
export type UndatedLog<Log = AgentLog> = Log extends AgentLog ? Omit<Log, "timestamp"> : never

/** What a call came to. Plain data, so that it can be kept as a checkpoint and read back. */
export interface ToolCallOutcome extends ToolResult {
  /** What the call adds to the log beside the lines that every call has. */
  readonly logs?: ReadonlyArray<UndatedLog>
  /** What the turn is to change when it is completed. */
  readonly effects?: ReadonlyArray<TurnEffect>
}

/** The call came to nothing: no such tool, no answer, or none that makes sense. `detail` is safe to show, also to a model. */
export class ToolFailed extends Schema.TaggedError<ToolFailed>()("ToolFailed", {
  tool: Schema.String,
  reason: Schema.Literals(["unreachable", "timeout", "refused", "invalid_input", "invalid_answer", "too_large"]),
  detail: Schema.String
}) {
  override get message(): string {
    return this.detail
  }
}

/** A tool that an agent may call in a turn. */
export interface AgentTool extends ModelTool {
  readonly kind: "mcp" | "internal"
  /** Interruption calls the call off. */
  readonly call: (input: unknown) => Effect.Effect<ToolCallOutcome, ToolFailed>
}
