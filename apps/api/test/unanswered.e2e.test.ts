import { Answerer } from "@butler/domain"
import { freshPglite } from "@butler/persistence/testing"
import { Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

const PATH = "/v1/knowledge/unanswered"

/** An agent that knows nothing. */
const clueless = Layer.succeed(Answerer, {
  answer: ({ query }) =>
    Effect.succeed({
      parts: [{ contentType: "text", content: "I do not know.", url: "" }],
      agentLogs: [],
      steps: [],
      effects: [{ _tag: "Unanswered", question: query, language: "en" }]
    })
})

describe("unanswered questions", () => {
  let api: Api
  beforeAll(async () => {
    api = await startApi(freshPglite, { environment: { BUTLER_SAMPLE: "off" }, answerer: clueless })
  })
  afterAll(() => api.stop())

  it("are counted, and become pairs of the asked agent's knowledge", async () => {
    await call(api, "/v1/knowledge/bases", { json: { name: "Port" } })
    const agents = await call(api, "/v1/agents")
    await call(api, `/v1/agents/${textAt(agents.body, "data", 0, "id")}`, {
      method: "PATCH",
      json: { knowledgeBaseIds: [2] }
    })
    for (const query of ["How deep is the basin?", "how deep is the BASIN", "Who are you?"]) await say(api, { query })
    const first = await call(api, `${PATH}?limit=1`)
    expect(first.body).toMatchObject({ data: [{ question: "how deep is the BASIN", count: 2, language: "en" }] })
    const rest = (await call(api, `${PATH}?limit=1&cursor=${textAt(first.body, "nextCursor")}`)).body
    expect(rest).toMatchObject({ data: [{ question: "Who are you?", count: 1 }], nextCursor: null })

    const path = `${PATH}/${textAt(first.body, "data", 0, "id")}`
    const answered = await call(api, `${path}/answer`, { json: { answer: "Eleven metres." } })
    expect(answered).toMatchObject({ status: 201, body: { kind: "pairs", knowledgeBaseId: 2, chunkCount: 1 } })
    const search = { query: "How deep is the basin?", knowledgeBaseIds: [2] }
    const { body } = await call(api, "/v1/knowledge/search", { json: search })
    expect(textAt(body, "data", 0, "content")).toContain("Eleven metres.")
    expect((await call(api, `${path}/answer`, { json: { answer: "x" } })).body).toMatchObject({
      code: "unanswered_question_not_found"
    })
    const other = `${PATH}/${textAt(rest, "data", 0, "id")}`
    expect((await call(api, other, { method: "DELETE" })).status).toBe(204)
    expect((await call(api, other, { method: "DELETE" })).body).toMatchObject({ status: 404 })
    expect(listAt((await call(api, PATH)).body, "data").map((question) => at(question, "id"))).toEqual([])
  })
})
