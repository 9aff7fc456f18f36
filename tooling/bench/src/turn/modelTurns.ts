import { echo, startModelServer } from "@butler/testing"
import type { Bench } from "./Bench.ts"
import { type Contestant, startApi, startFloor } from "./Contestant.ts"
import { type Block, drive } from "./drive.ts"
import { median, quantile, sum } from "./statistics.ts"
import { type Figure, printTable, progress } from "./table.ts"

/** The ratio of turns a second of a run of four varied by 0.1. */
const ROUNDS = 8
const SEQUENTIAL = { callers: 1, turns: 200 }
const AT_ONCE = { callers: 64, turns: Number.POSITIVE_INFINITY, seconds: 3 }
/** After 400 turns, as 5 s of 16 callers make of a model of 200 ms, V8 has not compiled all yet: a turn takes a fifth more CPU. */
const WARM_UP = { ...AT_ONCE, seconds: 15 }

interface Side {
  readonly contestant: Contestant
  readonly sequential: Array<Block>
  readonly atOnce: Array<Block>
}

const sideOf = (contestant: Contestant): Side => ({ contestant, sequential: [], atOnce: [] })

const p50 = ({ sequential }: Side) =>
  quantile(
    sequential.flatMap(({ latenciesMs }) => latenciesMs),
    0.5
  )
const perSecond = ({ atOnce }: Side) => median(atOnce.map(({ latenciesMs, seconds }) => latenciesMs.length / seconds))

const cpu = ({ atOnce, sequential }: Side) => {
  const blocks = [...sequential, ...atOnce]
  return sum(blocks.map((block) => block.cpuMs)) / sum(blocks.map(({ latenciesMs }) => latenciesMs.length))
}

/** What is asked of turns with a model that needs so long for its first word. */
interface Asked {
  readonly latencyMs: number
  readonly sequentialAtMost: number | null
  readonly perSecondAtLeast: number
}

const figures = ({ latencyMs, perSecondAtLeast, sequentialAtMost }: Asked, floor: Side, api: Side) => {
  const named = (name: string) => `${name}, model of ${latencyMs} ms`
  const first: ReadonlyArray<Figure> =
    sequentialAtMost === null
      ? []
      : [
          {
            name: named("sequential p50, ms"),
            baseline: p50(floor),
            value: p50(api),
            bound: { of: "ratio", at: "most", limit: sequentialAtMost }
          }
        ]
  const rest: ReadonlyArray<Figure> = [
    {
      name: named("turns/s, 64 callers"),
      baseline: perSecond(floor),
      value: perSecond(api),
      bound: { of: "ratio", at: "least", limit: perSecondAtLeast }
    },
    { name: named("CPU ms a turn, process"), baseline: cpu(floor), value: cpu(api) }
  ]
  return [...first, ...rest]
}

const measure = async (bench: Bench, asked: Asked, profileTo: string | undefined) => {
  const { copyDatabase, key, questions, settle } = bench
  const model = await startModelServer(echo({ latencyMs: asked.latencyMs }), { record: false })
  const copy = (name: string) => copyDatabase(`bench_${name}_model_${asked.latencyMs}`)
  const floor = sideOf(
    await startFloor({ key, profileTo, databaseUrl: await copy("floor"), settings: { MODEL_URL: model.url } })
  )
  const settings = { BUTLER_MODEL_URL: model.url, BUTLER_MODEL: "bench" }
  const api = sideOf(await startApi({ key, profileTo, databaseUrl: await copy("api"), settings }))
  try {
    for (const { contestant } of [floor, api]) await drive(contestant, { ...WARM_UP, questions })
    await settle()
    for (let round = 0; round < ROUNDS; round += 1) {
      progress(`a model of ${asked.latencyMs} ms, round ${round + 1} of ${ROUNDS}`)
      for (const { atOnce, contestant, sequential } of round % 2 === 0 ? [floor, api] : [api, floor]) {
        if (asked.sequentialAtMost !== null) sequential.push(await drive(contestant, { ...SEQUENTIAL, questions }))
        atOnce.push(await drive(contestant, { ...AT_ONCE, questions }))
      }
    }
    const errors = [floor, api].flatMap((side) => [...side.sequential, ...side.atOnce].flatMap((block) => block.errors))
    return { figures: figures(asked, floor, api), errors }
  } finally {
    await Promise.all([floor.contestant.stop(), api.contestant.stop(), model.stop()])
  }
}

/** Turns with a model against the same turns by a bare program of the AI SDK that stores the same rows. Answers the errors. */
export const modelTurns = async (bench: Bench, profileTo?: string): Promise<ReadonlyArray<string>> => {
  const quick = await measure(bench, { latencyMs: 0, sequentialAtMost: 1.5, perSecondAtLeast: 0.6 }, profileTo)
  const slow = await measure(bench, { latencyMs: 200, sequentialAtMost: null, perSecondAtLeast: 0.95 }, undefined)
  printTable("turns with a model", ["AI SDK", "API"], [...quick.figures, ...slow.figures])
  return [...quick.errors, ...slow.errors]
}
