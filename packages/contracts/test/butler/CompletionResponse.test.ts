import { AgentLog } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { CompletionResponse, completionResponse, replyMessage } from "../../src/index.ts"
import { exampleRequest, exampleResponse } from "../../src/butler/examples.ts"
import { seed } from "../seed.ts"

/** Every key of a value, in depth, as paths; a list stands for its first entry. */
const keysOf = (value: unknown, path = ""): ReadonlyArray<string> => {
  if (Array.isArray(value)) return keysOf(value[0], `${path}[]`)
  if (typeof value !== "object" || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path === "" ? key : `${path}.${key}`))
}

const decodeResponse = Schema.decodeUnknownSync(CompletionResponse)
const decodeLogs = Schema.decodeUnknownSync(Schema.Array(AgentLog))

describe("CompletionResponse", () => {
  it("has exactly the keys of the documentation's example, and two of ours", () => {
    const { agentLogs, messages, dialogId } = exampleResponse.data
    const response = completionResponse({
      dialogId,
      agentLogs,
      messages: messages.map(({ text }) => replyMessage({ contentType: "text", content: text, url: "" })),
      turnId: "1",
      status: "completed"
    })
    assert.sameMembers([...keysOf(response)], [...keysOf(seed.response), "data.turnId", "data.status"])
    assert.deepStrictEqual(decodeResponse(response), response)
  })

  it("is shown in the document by the documentation's own examples", () => {
    const { turnId, status, ...data } = exampleResponse.data
    assert.deepStrictEqual<unknown>({ ...exampleResponse, data }, seed.response)
    assert.deepStrictEqual<unknown>(exampleRequest, seed.request)
    assert.deepStrictEqual([turnId, status], ["51901704862228480", "completed"])
  })

  it("carries every agent log of the documentation", () => {
    assert.deepStrictEqual<unknown>(decodeLogs(seed.agentLogs), seed.agentLogs)
    assert.deepStrictEqual<unknown>(decodeLogs(exampleResponse.data.agentLogs), exampleResponse.data.agentLogs)
    assert.lengthOf(decodeLogs(seed.agentLogs), 8)
  })
})
