import { Context, type Effect, Schema } from "effect"
import type { ContentType } from "../message/Message.ts"
import { TurnStep } from "../turn/Turn.ts"
import type { TurnEffect } from "../turn/TurnEffect.ts"
import type { RunnableTurn } from "../turn/Turns.ts"
import { TurnId } from "../ids/brands.ts"
import { AgentLog } from "./AgentLog.ts"

/** What an agent says in one message. */
export interface AnswerPart {
  readonly contentType: ContentType
  readonly content: string
  readonly url: string
}

export interface Answer {
  readonly parts: ReadonlyArray<AnswerPart>
  readonly agentLogs: ReadonlyArray<AgentLog>
  readonly steps: ReadonlyArray<TurnStep>
  /** What the turn changes beside its replies. */
  readonly effects?: ReadonlyArray<TurnEffect>
}

/**
 * The agent could not answer. `type` and `detail` are shown to the caller: no secrets, no upstream text. Logs and steps tell
 * how far it came.
 */
export class AnswerFailed extends Schema.TaggedError<AnswerFailed>()("AnswerFailed", {
  turnId: TurnId,
  type: Schema.String,
  detail: Schema.String,
  agentLogs: Schema.optionalKey(Schema.Array(AgentLog)),
  steps: Schema.optionalKey(Schema.Array(TurnStep))
}) {}

/** Answers a turn. May run more than once for one turn, after a crash. */
export class Answerer extends Context.Service<
  Answerer,
  { readonly answer: (turn: RunnableTurn) => Effect.Effect<Answer, AnswerFailed> }
>()("@butler/domain/Answerer") {}
