import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import type { Ids } from "../ids/Ids.ts"
import type { WorkspaceId } from "../ids/brands.ts"
import type { UnansweredQuestionId } from "../knowledge/UnansweredQuestion.ts"
import { UnansweredQuestions } from "../knowledge/UnansweredQuestions.ts"
import { Turns } from "../turn/Turns.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { acceptLeased, completed, first, LONG_MS, newWorkspace } from "./fixtures.ts"

type Store = Ids | Turns | UnansweredQuestions | Workspaces

/** A turn of a dialog of its own that ends with a question nobody could answer. */
const ask = Effect.fnUntraced(function* (workspaceId: WorkspaceId, question: string) {
  const turn = yield* acceptLeased(workspaceId, LONG_MS)
  const effect = { _tag: "Unanswered", question, language: "en" } as const
  yield* (yield* Turns).end(turn, completed([], [effect]))
  return turn
})

const listed = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const questions = yield* (yield* UnansweredQuestions).list(workspaceId, { limit: 100, after: null })
  return questions.map(({ count, question }) => `${count} ${question}`)
})

/** What every store of unanswered questions must do. */
export const unansweredQuestionsContract = <E>(name: string, store: Layer.Layer<Store, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`UnansweredQuestions (${name})`, (it) => {
    it.effect("counts a question however it is written, and knows who asked it last", () =>
      Effect.gen(function* () {
        const [{ workspaceId }, other] = [yield* newWorkspace, yield* newWorkspace]
        yield* ask(workspaceId, "Do you ship to Mars?")
        yield* ask(workspaceId, "能寄到火星吗？")
        yield* ask(other.workspaceId, "Do you ship to Mars?")
        yield* ask(workspaceId, "  do you ship\nto MARS !! ")
        const last = yield* ask(workspaceId, "Do you ｓhip to Mars")
        yield* ask(workspaceId, "?!")
        assert.deepStrictEqual(yield* listed(workspaceId), ["3 Do you ｓhip to Mars", "1 能寄到火星吗？"])
        const questions = yield* UnansweredQuestions
        const question = yield* first(yield* questions.list(workspaceId, { limit: 1, after: null }))
        assert.deepStrictEqual(
          [question.lastTurnId, question.lastDialogId, question.lastAgentId, question.language],
          [last.id, last.dialogId, last.agent.id, "en"]
        )
        assert.isTrue(question.firstAskedAt <= question.lastAskedAt)
        assert.deepStrictEqual(yield* questions.find(workspaceId, question.id), Option.some(question))
        assert.deepStrictEqual(yield* questions.find(other.workspaceId, question.id), Option.none())
        // The same turn once more, as after a crash.
        yield* questions.record(last, { question: "Do you ship to Mars", language: "en" })
        assert.strictEqual((yield* listed(workspaceId))[0], "3 Do you ｓhip to Mars")
      })
    )

    it.effect("pages through the open ones, those that are asked most often first", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const questions = yield* UnansweredQuestions
        for (const question of ["a", "b", "c", "b", "c", "d"]) yield* ask(workspaceId, question)
        const page = Effect.fnUntraced(function* (after: { count: number; id: string } | null) {
          const found = yield* questions.list(workspaceId, { limit: 2, after })
          const last = found.at(-1)
          const next = last === undefined ? null : { count: last.count, id: last.id.slice(4) }
          return { names: found.map(({ question }) => question), next }
        })
        const [one, rest] = [yield* page(null), yield* Effect.flatMap(page(null), ({ next }) => page(next))]
        assert.deepStrictEqual(
          [one.names, rest.names],
          [
            ["c", "b"],
            ["d", "a"]
          ]
        )
        assert.deepStrictEqual((yield* page(rest.next)).names, [])
      })
    )

    it.effect("closes what is answered until it is asked again, and what is dismissed for good", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const questions = yield* UnansweredQuestions
        const idOf = Effect.fnUntraced(function* (question: string) {
          yield* ask(workspaceId, question)
          const all = yield* questions.list(workspaceId, { limit: 100, after: null })
          return (yield* first(all.filter((each) => each.question === question))).id
        })
        const [answered, dismissed] = [yield* idOf("answered"), yield* idOf("dismissed")]
        yield* questions.close(workspaceId, answered, "answered")
        yield* questions.close(workspaceId, dismissed, "dismissed")
        assert.deepStrictEqual(yield* listed(workspaceId), [])
        const closing = (id: UnansweredQuestionId) => Effect.flip(questions.close(workspaceId, id, "answered"))
        assert.strictEqual((yield* closing(answered))._tag, "UnansweredQuestionNotFound")
        yield* ask(workspaceId, "Answered?")
        yield* ask(workspaceId, "Dismissed?")
        assert.deepStrictEqual(yield* listed(workspaceId), ["2 Answered?"])
      })
    )
  })
