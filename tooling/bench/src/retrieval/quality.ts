import { Ids } from "@butler/domain"
import { Effect } from "effect"
import { quantile } from "../turn/statistics.ts"
import { progress } from "../turn/table.ts"
import { ask, ingest } from "./workspace.ts"
import { paragraphsOf } from "./xquad.ts"

export interface Quality {
  readonly language: string
  /** The share of questions whose own paragraph comes first, or among the first five. */
  readonly top1: number
  readonly top5: number
  readonly p50: number
}

/** Each paragraph is a document in a workspace of its language, and the one right hit of its questions. */
export const quality = Effect.fnUntraced(function* (folder: string, language: string) {
  progress(`${language}: paragraphs in, questions asked`)
  const workspaceId = yield* (yield* Ids).workspaceId
  const paragraphs = paragraphsOf(folder, language)
  yield* Effect.forEach(paragraphs, ({ text }, index) => ingest(workspaceId, `${index}`, text))
  const questions = paragraphs.flatMap((paragraph, index) =>
    paragraph.questions.map((question) => ({ question, index }))
  )
  const places = yield* Effect.forEach(questions, ({ question, index }) =>
    Effect.map(ask(workspaceId, question), ({ names, millis }) => ({ place: names.indexOf(`${index}`), millis }))
  )
  const share = (first: number) => places.filter(({ place }) => place >= 0 && place < first).length / places.length
  const result: Quality = {
    language,
    top1: share(1),
    top5: share(5),
    p50: quantile(
      places.map(({ millis }) => millis),
      0.5
    )
  }
  return result
})
