import { Context, type Effect, type Option, Schema } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import type { RunnableTurn } from "../turn/Turns.ts"
import type { UnansweredQuestion, UnansweredQuestionId, UnansweredQuestionNotFound } from "./UnansweredQuestion.ts"

/** Place in the list: after the questions that were asked more often. Opaque to callers. */
export const UnansweredCursor = Schema.Struct({
  count: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 })),
  id: Schema.String.check(Schema.isPattern(/^[1-9]\d{0,18}$/))
})
export type UnansweredCursor = typeof UnansweredCursor.Type

/** What the knowledge had no answer to, for people to write one. Turns that end with an `Unanswered` effect record theirs. */
export class UnansweredQuestions extends Context.Service<
  UnansweredQuestions,
  {
    /** Counts the question of a turn once. One that was answered is open again; one that was dismissed stays so. */
    readonly record: (
      turn: Pick<RunnableTurn, "agent" | "dialogId" | "id" | "workspaceId">,
      question: { readonly question: string; readonly language: string }
    ) => Effect.Effect<void>
    /** The open ones, those that are asked most often first. */
    readonly list: (
      workspaceId: WorkspaceId,
      page: { readonly limit: number; readonly after: UnansweredCursor | null }
    ) => Effect.Effect<ReadonlyArray<UnansweredQuestion>>
    readonly find: (
      workspaceId: WorkspaceId,
      id: UnansweredQuestionId
    ) => Effect.Effect<Option.Option<UnansweredQuestion>>
    /** Takes an open one from the list: until it is asked again when it was answered, for good when it was dismissed. */
    readonly close: (
      workspaceId: WorkspaceId,
      id: UnansweredQuestionId,
      as: "answered" | "dismissed"
    ) => Effect.Effect<void, UnansweredQuestionNotFound>
  }
>()("@butler/domain/UnansweredQuestions") {}
