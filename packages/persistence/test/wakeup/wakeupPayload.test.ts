import { TurnId } from "@butler/domain"
import { Option } from "effect"
import { describe, expect, it } from "vitest"
import {
  decodePayload,
  emptyOutbox,
  encodePayload,
  isEmpty,
  newsOf,
  payloadsOf,
  putBack
} from "../../src/wakeup/wakeupPayload.ts"

const turnId = (index: number): TurnId => TurnId.make(String(7_000_000_000_000_000_000n + BigInt(index)))

describe("what a NOTIFY carries", () => {
  it("is one payload for all kinds, until it is too long for one", () => {
    const outbox = emptyOutbox()
    expect(isEmpty(outbox)).toBe(true)
    outbox.due.add("turn").add("delivery")
    outbox.news.ended.add(turnId(1))
    expect(payloadsOf("me", outbox)).toEqual([{ from: "me", due: ["turn", "delivery"], ended: [turnId(1)] }])

    for (let index = 0; index < 1_000; index++) outbox.news.ended.add(turnId(index))
    outbox.news.stopped.add(turnId(1))
    const payloads = payloadsOf("me", outbox)
    expect(payloads.every((payload) => Buffer.byteLength(encodePayload(payload)) < 8_000)).toBe(true)
    expect(payloads.flatMap(({ ended = [] }) => ended)).toHaveLength(1_000)
    expect(payloads.flatMap(newsOf).filter(([news]) => news === "stopped")).toEqual([["stopped", [turnId(1)]]])
  })

  it("is read back as it was said, and ignored when it is of another version", () => {
    const payload = { from: "me", due: ["replay"], progress: [turnId(1)] } as const
    expect(Option.getOrNull(decodePayload(encodePayload(payload)))).toEqual(payload)
    for (const other of ["", "{}", "[1]", '{"from":"x","due":["what"]}'])
      expect(decodePayload(other)).toEqual(Option.none())
  })

  it("joins what is said later when it could not be sent", () => {
    const [unsent, later] = [emptyOutbox(), emptyOutbox()]
    unsent.due.add("turn")
    unsent.news.ended.add(turnId(1))
    later.news.ended.add(turnId(2))
    putBack(unsent, later)
    expect(payloadsOf("me", later)).toEqual([{ from: "me", due: ["turn"], ended: [turnId(2), turnId(1)] }])
  })
})
