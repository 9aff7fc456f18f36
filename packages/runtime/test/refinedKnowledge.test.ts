import { TextAnalyzerSnowball } from "@butler/agent"
import {
  CipherPlain,
  EndpointCalls,
  Ids,
  ingestDocument,
  ModelUses,
  type ScoredChunk,
  searchKnowledge,
  type TurnStep,
  type WorkspaceId,
  Workspaces
} from "@butler/domain"
import { type Database, PersistenceLayer } from "@butler/persistence"
import { freshPglite, freshPostgres } from "@butler/persistence/testing"
import { type RetrievalServer, startRetrievalServer } from "@butler/testing"
import { Effect, Layer, ManagedRuntime, Schedule } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { refinedKnowledge } from "../src/refinedKnowledge.ts"
import { configOf } from "./support/startProcess.ts"

const DOCUMENTS = {
  Returns: "Money is given back within fourteen days of the purchase, by the way it was paid.",
  Hours: "The shop is open from nine to six on weekdays.",
  Delivery: "Parcels arrive within three days of the purchase."
}

const open = async (database: Layer.Layer<Database>, environment: Readonly<Record<string, string>>) => {
  const config = await configOf(environment)
  const stores = Layer.provideMerge(
    Layer.merge(PersistenceLayer, TextAnalyzerSnowball),
    Layer.merge(database, CipherPlain)
  )
  return ManagedRuntime.make(refinedKnowledge(config, "inline").pipe(Layer.provideMerge(stores)))
}
type Opened = Awaited<ReturnType<typeof open>>

const bringIn = Effect.gen(function* () {
  const { agentId, workspaceId: newId } = yield* Ids
  const [workspaceId, id] = [yield* newId, yield* agentId]
  yield* (yield* Workspaces).create({ id: workspaceId, name: "Shop" }, { id, name: "Butler" })
  yield* Effect.forEach(Object.entries(DOCUMENTS), ([name, text]) =>
    ingestDocument({ workspaceId, name, content: { kind: "text", text } })
  )
  return workspaceId
})

const search = (workspaceId: WorkspaceId, query: string) =>
  Effect.map(searchKnowledge({ workspaceId, query, limit: 2 }), ({ chunks }) => chunks)

const isByVector = (chunks: ReadonlyArray<ScoredChunk>) => chunks.some(({ vectorScore }) => vectorScore != null)

/** The vectors of all that was brought in are there. */
const settled = (workspaceId: WorkspaceId) =>
  search(workspaceId, "purchase").pipe(
    Effect.repeat({ until: isByVector, schedule: Schedule.spaced("50 millis") }),
    Effect.timeout("20 seconds")
  )

describe("searches by words and by what they mean", () => {
  let server: RetrievalServer
  let runtime: Opened
  let workspaceId: WorkspaceId

  beforeAll(async () => {
    server = await startRetrievalServer([["money", "refund", "reimbursement", "cash"]])
    runtime = await open(freshPglite, {
      BUTLER_EMBEDDINGS_URL: server.url,
      BUTLER_EMBEDDINGS_MODEL: "meanings",
      BUTLER_RERANK_URL: `${server.url}/rerank`,
      BUTLER_RERANK_MODEL: "ranks"
    })
    workspaceId = await runtime.runPromise(bringIn)
    await runtime.runPromise(settled(workspaceId))
  }, 60_000)

  afterAll(async () => {
    await runtime.dispose()
    await server.stop()
  })

  it("finds what has none of the query's words, and keeps the vector of a query", async () => {
    const [first] = await runtime.runPromise(search(workspaceId, "refund"))
    expect(first).toMatchObject({ documentName: "Returns", lexicalScore: null })
    expect(first?.vectorScore).toBeGreaterThan(0.2)
    expect(first?.rerankScore).toBeGreaterThan(0)
    const requests = server.embedded.length
    await runtime.runPromise(search(workspaceId, "refund"))
    expect(server.embedded).toHaveLength(requests)
  })

  it("tells of what endpoints used, once for a vector that is kept; that of documents is the workspace's", async () => {
    const steps: Array<TurnStep> = []
    const told = (query: string) =>
      Effect.provideService(search(workspaceId, query), EndpointCalls, (step) =>
        Effect.sync(() => void steps.push(step))
      )
    await runtime.runPromise(told("cash"))
    await runtime.runPromise(told("cash"))
    const rerank = { name: "rerank", model: "ranks", outcome: "ok", tokens: { output: 0, estimated: true } }
    expect(steps).toMatchObject([
      { name: "embedding", model: "meanings", outcome: "ok", tokens: { input: 1, output: 0 } },
      rerank,
      rerank
    ])
    expect(steps.slice(1).every(({ tokens }) => (tokens?.input ?? 0) > 20)).toBe(true)
    const { workspaceThisMonth } = await runtime.runPromise(ModelUses.use(({ soFar }) => soFar(workspaceId, null)))
    expect(workspaceThisMonth).toMatchObject({ outputTokens: 0, cost: 0 })
    expect(workspaceThisMonth.inputTokens).toBeGreaterThan(0)
    expect(workspaceThisMonth.inputTokens).toBe(workspaceThisMonth.calls)
  })

  it("orders what words and vectors found as the reranker says", async () => {
    const chunks = await runtime.runPromise(search(workspaceId, "purchase"))
    expect(chunks.map(({ documentName }) => documentName)).toEqual(["Delivery", "Returns"])
    expect(chunks.map(({ rerankScore }) => rerankScore)).toEqual(chunks.map(({ score }) => score))
    expect(server.ranked).toContain("purchase")
  })

  it("goes by words alone, in their own order, while the endpoints fail", async () => {
    server.answerWith(500)
    const chunks = await runtime.runPromise(search(workspaceId, "the purchase"))
    expect(chunks.map(({ documentName }) => documentName)).toContain("Delivery")
    expect(chunks).toHaveLength(2)
    for (const chunk of chunks) {
      expect(chunk).not.toHaveProperty("vectorScore")
      expect(chunk).not.toHaveProperty("rerankScore")
    }
    server.answerWith(200)
    expect(isByVector(await runtime.runPromise(search(workspaceId, "the purchase")))).toBe(true)
  })
})

it("a PostgreSQL without pgvector is searched by words, and nothing is sent to the endpoint", async () => {
  const server = await startRetrievalServer()
  const runtime = await open(freshPostgres, { BUTLER_EMBEDDINGS_URL: server.url, BUTLER_EMBEDDINGS_MODEL: "m" })
  try {
    const workspaceId = await runtime.runPromise(bringIn)
    const [first] = await runtime.runPromise(search(workspaceId, "parcels"))
    expect(first?.documentName).toBe("Delivery")
    expect(server.embedded).toEqual([])
  } finally {
    await runtime.dispose()
    await server.stop()
  }
})

it("an endpoint without a model is refused with the names of both", async () => {
  await expect(configOf({ BUTLER_RERANK_URL: "https://ranks.example" })).rejects.toThrow(
    "BUTLER_RERANK_URL and BUTLER_RERANK_MODEL must be set together"
  )
})
