import { type AgentLog, type ProgressEvent, progressOf, timelineOf } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"

const log = (name: string): AgentLog => ({ type: "task", name, timestamp: 1 })
const text = "Hello there, Ada."

describe("a turn's timeline", () => {
  it("tells its progress again to the letter", () => {
    const events: ReadonlyArray<ProgressEvent> = [
      { n: 2, kind: "log", log: log("a") },
      { n: 3, kind: "delta", text: "Hello " },
      { n: 4, kind: "log", log: log("b") },
      { n: 5, kind: "delta", text: "there, " },
      { n: 6, kind: "delta", text: "Ada." }
    ]
    assert.deepStrictEqual(progressOf(timelineOf(events), [log("a"), log("b")], text), events)
  })

  it("keeps the numbers of what a lost start had told, without its words", () => {
    const events: ReadonlyArray<ProgressEvent> = [
      { n: 2, kind: "delta", text: "Goodbye" },
      { n: 3, kind: "restarted" },
      { n: 4, kind: "delta", text: "Hello there, " },
      { n: 5, kind: "delta", text: "Ada." }
    ]
    assert.deepStrictEqual(progressOf(timelineOf(events), [], text), [
      { n: 2, kind: "delta", text: "" },
      ...events.slice(1)
    ])
  })

  it("numbers without gaps whatever it is given", () => {
    const told = progressOf([5, -1, -1, 100, 0], [log("a")], text)
    assert.deepStrictEqual(
      told.map(({ n }) => n),
      [2, 3, 4, 5, 6]
    )
  })
})
