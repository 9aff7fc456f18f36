import { freshPglite } from "@butler/persistence/testing"
import { type RetrievalServer, startRetrievalServer } from "@butler/testing"
import { afterAll, beforeAll, expect, it } from "vitest"
import { call, COMPLETIONS, listAt, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

let api: Api
let server: RetrievalServer

beforeAll(async () => {
  server = await startRetrievalServer()
  api = await startApi(freshPglite, {
    environment: { BUTLER_SAMPLE: "off", BUTLER_EMBEDDINGS_URL: server.url, BUTLER_EMBEDDINGS_MODEL: "meanings" }
  })
})
afterAll(async () => {
  await api.stop()
  await server.stop()
})

const stepsOf = async (query: string) => {
  const { body } = await call(api, COMPLETIONS, { json: { query } })
  const turn = await call(api, `/v1/turns/${textAt(body, "data", "turnId")}`)
  return listAt(turn.body, "steps")
}

it("what the vector of a question took is a step of its turn; of a vector that is kept there is none", async () => {
  expect(await stepsOf("When are you open?")).toMatchObject([
    { name: "embedding", model: "meanings", outcome: "ok", tokens: { input: 1, output: 0 } },
    { name: "knowledge" },
    { name: "answer" }
  ])
  expect(await stepsOf("When are you open?")).toMatchObject([{ name: "knowledge" }, { name: "answer" }])
})
