import type { Task, TaskProgress } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { beginTask, continueTask } from "../../src/task/continueTask.ts"
import { askFor } from "../../src/task/taskWords.ts"
import { detectLanguage } from "../../src/text/detectLanguage.ts"

const returns: Task = {
  name: "return",
  description: "A product is to be sent back.",
  examples: [],
  details: [
    { name: "order_number", kind: "order_number" },
    { name: "email", kind: "email" },
    { name: "reason", kind: "text" }
  ]
}

const said = (message: string) => ({ message, language: detectLanguage(message), now: new Date(0) })

const asking = (detail: string, tries: number, details: TaskProgress["details"] = {}): TaskProgress => ({
  task: returns.name,
  details,
  asking: detail,
  tries
})

const emailFor = (tries: number) => asking("email", tries, { order_number: "A-1234" })

const goOn = (progress: TaskProgress, message: string) => continueTask(returns, progress, said(message))

describe("a task", () => {
  it("takes what its first message tells, and asks for the rest one by one", () => {
    const first = beginTask(returns, said("I want to return order A-1234, my mail is ada@example.com"))
    const known = { order_number: "A-1234", email: "ada@example.com" }
    assert.deepInclude(first, { _tag: "Ask", progress: asking("reason", 1, known), wrong: false })
    const done = goOn(asking("reason", 1, known), "order B-9999 came too late")
    assert.deepStrictEqual(done, { _tag: "Complete", details: { ...known, reason: "order B-9999 came too late" } })
  })

  it("keeps what is told beside the answer, in whatever order", () => {
    const move = goOn(asking("order_number", 1), "ada@example.com and the order is A-1234")
    assert.deepInclude(move, { progress: asking("reason", 1, { order_number: "A-1234", email: "ada@example.com" }) })
  })

  it("asks again for what was no answer, twice, and then gives up", () => {
    const [second, third] = [goOn(emailFor(1), "what?"), goOn(emailFor(2), "what?")]
    assert.deepInclude(second, { _tag: "Ask", wrong: true, progress: emailFor(2) })
    assert.deepInclude(third, { _tag: "Ask", wrong: true, progress: emailFor(3) })
    assert.deepInclude(goOn(emailFor(3), "what?"), { _tag: "GaveUp" })
  })

  it("a detail that was given counts no tries against the next one", () => {
    assert.deepInclude(goOn(asking("order_number", 3), "A-1234"), {
      progress: asking("email", 1, { order_number: "A-1234" })
    })
  })

  it("is left when the contact says so and nothing else", () => {
    for (const message of ["cancel", "Never mind, please!", "算了", "取消吧", "отмена", "abbrechen", "キャンセル"])
      assert.deepStrictEqual(goOn(asking("email", 1), message), { _tag: "Left" }, message)
    assert.deepInclude(goOn(asking("reason", 1, { order_number: "1", email: "e" }), "cancel my subscription"), {
      _tag: "Complete"
    })
  })

  it("without details is complete at once, and so is one whose details have changed meanwhile", () => {
    const { details: _, ...plain } = returns
    assert.deepStrictEqual(beginTask(plain, said("hi")), { _tag: "Complete", details: {} })
    assert.deepStrictEqual(continueTask(plain, asking("email", 2), said("hi")), { _tag: "Complete", details: {} })
  })
})

describe("askFor", () => {
  it("asks in the contact's language, with a hint where the answer was none", () => {
    const phone = { name: "phone", kind: "phone" } as const
    assert.strictEqual(askFor(phone, false, detectLanguage("我要退货")), "请问可以告诉我您的手机号吗？")
    assert.include(askFor(phone, true, detectLanguage("Ich möchte das bitte zurückgeben")), "Landesvorwahl")
    const size = { name: "shirt_size", kind: "choice", choices: ["S", "M"], question: "Which size?" } as const
    assert.strictEqual(askFor(size, false, detectLanguage("hello")), "Which size?\n1. S\n2. M")
  })
})
