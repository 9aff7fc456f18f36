import { Ids, sentencesOf, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { seeded } from "../turn/random.ts"
import { quantile } from "../turn/statistics.ts"
import { progress } from "../turn/table.ts"
import { ask, ingest } from "./workspace.ts"
import { type Paragraph, paragraphsOf } from "./xquad.ts"

export interface Latency {
  readonly chunks: number
  readonly ingestedPerSecond: number
  readonly p50: number
  readonly p99: number
}

const QUESTIONS = 400
const WARM_UP = 50

/** As many sentences as make about eight chunks. */
const SENTENCES_PER_DOCUMENT = 60

/** As a source is read: the next document is made ready while one is stored. */
const AT_ONCE = 2

const searchAll = Effect.fnUntraced(function* (workspaceId: WorkspaceId, paragraphs: ReadonlyArray<Paragraph>) {
  const questions = paragraphs.flatMap((paragraph) => paragraph.questions).slice(0, QUESTIONS + WARM_UP)
  const times = yield* Effect.forEach(questions, (question) => ask(workspaceId, question))
  const millis = times.slice(WARM_UP).map((time) => time.millis)
  return { p50: quantile(millis, 0.5), p99: quantile(millis, 0.99) }
})

/**
 * Fills a workspace with texts made of the paragraphs' sentences in random order until it has so many chunks, and times searches
 * in it. Real texts have more different words, of which each is rarer: this is the harder case.
 */
export const latency = Effect.fnUntraced(function* (
  folder: string,
  language: string,
  wanted: number,
  settle: Effect.Effect<void>
) {
  progress(`${language}: ${wanted} chunks`)
  const workspaceId = yield* (yield* Ids).workspaceId
  const paragraphs = paragraphsOf(folder, language)
  const sentences = paragraphs.flatMap(({ text }) => sentencesOf(text))
  const random = seeded(1)
  const pick = () => sentences[Math.floor(random() * sentences.length)] ?? ""
  const start = performance.now()
  let chunks = 0
  const fill = Effect.gen(function* () {
    while (chunks < wanted) {
      const size = Math.min(SENTENCES_PER_DOCUMENT, Math.ceil((wanted - chunks) * 6))
      const text = Array.from({ length: size }, pick).join(" ")
      const { chunkCount } = yield* ingest(workspaceId, "made", text)
      chunks += chunkCount
    }
  })
  yield* Effect.all(
    Array.from({ length: AT_ONCE }, () => fill),
    { concurrency: AT_ONCE, discard: true }
  )
  const seconds = (performance.now() - start) / 1000
  yield* settle
  const result: Latency = {
    chunks,
    ingestedPerSecond: chunks / seconds,
    ...(yield* searchAll(workspaceId, paragraphs))
  }
  return result
})
