import { chatMessages } from "@butler/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { answering, ask, contents, newWorkspace, operatorOf } from "../model/harness.ts"
import { scriptedModel } from "../model/scriptedModel.ts"

const CHINESE = "抱歉，我在知识库中没有找到相关内容。需要为您转接人工客服吗？"

describe("a message in no language", () => {
  it.live("is answered in the language that the contact spoke before", () =>
    Effect.gen(function* () {
      const workspaceId = yield* newWorkspace
      const reply = (query: string) =>
        Effect.flatMap(ask(workspaceId, query), ({ turn }) => Effect.map(contents(turn), (all) => all.at(-1)))
      assert.strictEqual(yield* reply("你好，我想问一下我的斑马什么时候到货？"), CHINESE)
      for (const query of ["12345", "OK", "👍", "refund"]) assert.strictEqual(yield* reply(query), CHINESE)
      assert.match((yield* reply("hello")) ?? "", /^Hello, I'm Ada/u)
      assert.match((yield* reply("Where is the zebra that I ordered last week?")) ?? "", /^I could not find/u)
      assert.match((yield* reply("12345")) ?? "", /^I could not find/u)
    }).pipe(Effect.provide(answering(null)))
  )

  it.live("is told to a model as one of that language", () =>
    Effect.gen(function* () {
      const server = yield* scriptedModel([{ kind: "text", text: "好的。" }])
      yield* Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        yield* ask(workspaceId, "我的订单什么时候到货？")
        yield* ask(workspaceId, "A-99821")
      }).pipe(Effect.provide(answering(operatorOf(server))))
      const [system] = chatMessages(server.requests[1]?.body)
      assert.include(system?.content, "which seems to be 中文 (zh)")
    })
  )
})

describe("our own phrases", () => {
  it.live("are there for short texts in languages that are taken for one another", () =>
    Effect.gen(function* () {
      const workspaceId = yield* newWorkspace
      const { turn } = yield* ask(workspaceId, "Berapa lama pengembalian dana saya diproses?")
      assert.match((yield* contents(turn)).at(-1) ?? "", /^Maaf/u)
    }).pipe(Effect.provide(answering(null)))
  )
})
