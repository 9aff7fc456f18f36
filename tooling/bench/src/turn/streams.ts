import { startModelServer } from "@butler/testing"
import type { Bench } from "./Bench.ts"
import { type Contestant, startApi } from "./Contestant.ts"
import { openStreams } from "./openStreams.ts"
import { readStream } from "./readStream.ts"
import { quantile } from "./statistics.ts"
import { printTable, progress } from "./table.ts"

const WARM_UP = 300
const STREAMS = 500
const BOUND_MS = 5

/** An API whose agent has a model at this address. */
export type StartWithModel = (modelUrl: string) => Promise<Contestant>

/** From the model's first token to the first `delta` at the caller, one stream after another. Answers the errors. */
const firstDeltas = async (start: StartWithModel, questions: Bench["questions"]): Promise<ReadonlyArray<string>> => {
  // The rest comes late, so that nothing is under way with the first.
  const model = await startModelServer([{ kind: "chunks", chunks: ["Certainly. ", { text: "It is.", afterMs: 20 }] }])
  const api = await start(model.url)
  const latencies: Array<number> = []
  const errors: Array<string> = []
  try {
    progress("first deltas")
    for (let number = 0; number < WARM_UP + STREAMS; number += 1) {
      let receivedAt = Number.NaN
      let last = ""
      await readStream(api.pool, api.key, questions[number % questions.length] ?? "?", ({ event }) => {
        if (event === "delta" && Number.isNaN(receivedAt)) receivedAt = performance.now()
        last = event
      })
      const latency = receivedAt - (model.requests[number]?.sentAt[0] ?? Number.NaN)
      if (last !== "turn.completed" || Number.isNaN(latency)) errors.push(`stream ${number} ended with ${last}`)
      else if (number >= WARM_UP) latencies.push(latency)
    }
  } finally {
    await Promise.all([api.stop(), model.stop()])
  }
  printTable(
    "streams, one after another",
    ["p95", "p50"],
    [
      {
        name: "model's first token until the first delta, ms",
        baseline: quantile(latencies, 0.95),
        value: quantile(latencies, 0.5),
        bound: { of: "value", at: "most", limit: BOUND_MS }
      },
      { name: "errors", value: errors.length, bound: { of: "value", at: "most", limit: 0 } }
    ]
  )
  return errors
}

/** How soon tokens reach their readers, and how many streams one process holds. Answers the errors. */
export const streams = async ({ copyDatabase, key, questions }: Bench): Promise<ReadonlyArray<string>> => {
  const databaseUrl = await copyDatabase("bench_streams")
  const start: StartWithModel = (modelUrl) =>
    startApi({ key, databaseUrl, settings: { BUTLER_MODEL_URL: modelUrl, BUTLER_MODEL: "scripted" } })
  return [...(await firstDeltas(start, questions)), ...(await openStreams(start, questions))]
}
