import { Effect, Layer, Option } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import {
  type UnansweredQuestion,
  type UnansweredQuestionId,
  UnansweredQuestionNotFound
} from "../knowledge/UnansweredQuestion.ts"
import { UnansweredQuestions } from "../knowledge/UnansweredQuestions.ts"
import { currentDate } from "./currentDate.ts"
import { MemoryStore, workspaceOf } from "./MemoryStore.ts"
import { recordUnanswered } from "./recordUnanswered.ts"

const numberOf = ({ id }: Pick<UnansweredQuestion, "id">): bigint => BigInt(id.slice("unq_".length))

const mostAsked = (a: UnansweredQuestion, b: UnansweredQuestion): number =>
  b.count - a.count || (numberOf(b) > numberOf(a) ? 1 : -1)

/** `UnansweredQuestions` over the shared memory. */
export const UnansweredQuestionsMemory: Layer.Layer<UnansweredQuestions, never, MemoryStore> = Layer.effect(
  UnansweredQuestions,
  Effect.map(MemoryStore, (store) => {
    const openIn = (workspaceId: WorkspaceId) =>
      [...(store.workspaces.get(workspaceId)?.unanswered ?? [])].filter(([, { status }]) => status === "open")
    const entryOf = (workspaceId: WorkspaceId, id: UnansweredQuestionId) =>
      openIn(workspaceId).find(([, { question }]) => question.id === id)
    return UnansweredQuestions.of({
      record: (turn, question) =>
        Effect.map(currentDate, (now) => recordUnanswered(workspaceOf(store, turn.workspaceId), turn, question, now)),
      list: (workspaceId, { after, limit }) =>
        Effect.sync(() =>
          openIn(workspaceId)
            .map(([, { question }]) => question)
            .toSorted(mostAsked)
            .filter(
              (question) =>
                after === null ||
                question.count < after.count ||
                (question.count === after.count && numberOf(question) < BigInt(after.id))
            )
            .slice(0, limit)
        ),
      find: (workspaceId, id) =>
        Effect.sync(() => Option.map(Option.fromUndefinedOr(entryOf(workspaceId, id)), ([, { question }]) => question)),
      close: Effect.fn("UnansweredQuestions.close")(function* (workspaceId, id, as) {
        const entry = entryOf(workspaceId, id)
        if (entry === undefined) return yield* new UnansweredQuestionNotFound({ questionId: id })
        const [key, { question }] = entry
        workspaceOf(store, workspaceId).unanswered.set(key, { question, status: as })
      })
    })
  })
)
