import { Dialogs, Memories, type RunnableTurn } from "@butler/domain"
import { chatMessages } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schedule } from "effect"
import { ask, newWorkspace, operatorOf, withRemembering } from "../model/harness.ts"
import { scriptedModel } from "../model/scriptedModel.ts"

const memoriesOf = ({ contactId, workspaceId }: RunnableTurn) =>
  Memories.use(({ list }) => list({ workspaceId, contactId, after: null, limit: 100 }))

/** Until the dialog has been read through its last message. */
const untilRead = ({ dialogId, workspaceId }: RunnableTurn, through: number) =>
  Memories.use(({ readThrough }) => readThrough(workspaceId, dialogId)).pipe(
    Effect.repeat({ until: (read) => read === through, schedule: Schedule.spaced("10 millis") }),
    Effect.timeout("10 seconds")
  )

const remember = (...facts: ReadonlyArray<unknown>) =>
  ({ kind: "toolCalls", calls: [{ name: "remember", arguments: { facts } }] }) as const

describe("a dialog with a model", () => {
  it.live("is read for facts once it is quiet: each has its source, and what it corrects goes", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([
        { kind: "text", text: "Noted." },
        remember(
          { text: "wears size M", message: 1 },
          { text: "card 4111 1111 1111 1111", message: 1 },
          { text: "told by the agent", message: 2 }
        ),
        { kind: "text", text: "Noted, too." },
        remember({ text: "wears size L", message: 1, replaces: [1] })
      ])
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        const { turn } = yield* ask(workspaceId, "My size is M, as you should know")
        yield* untilRead(turn, 2)
        const [memory, ...others] = yield* memoriesOf(turn)
        assert.deepStrictEqual([memory?.text, others], ["wears size M", []])
        const { dialogId } = turn
        const [asked] = yield* (yield* Dialogs).messages({ workspaceId, dialogId, order: "asc", after: null, limit: 1 })
        assert.strictEqual(memory?.sourceMessageId, asked?.id)
        yield* ask(workspaceId, "I wear size L by now, sorry", { dialogId })
        yield* untilRead(turn, 4)
        assert.deepStrictEqual(
          (yield* memoriesOf(turn)).map(({ text }) => text),
          ["wears size L"]
        )
        assert.strictEqual(server.requests.length, 4)
        const prompt = chatMessages(server.requests[3]?.body)[1]?.content ?? ""
        assert.include(prompt, JSON.stringify({ fact: 1, text: "wears size M" }))
        assert.notInclude(prompt, "as you should know")
      }).pipe(Effect.provide(withRemembering(operatorOf(server))))
    })
  )
})
