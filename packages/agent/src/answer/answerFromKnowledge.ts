import { type TurnEffect, TurnProgress } from "@butler/domain"
import { Effect } from "effect"
import { hitLog, searchedLog } from "../pipeline/knowledgeLogs.ts"
import { searchForTurn } from "../pipeline/searchForTurn.ts"
import type { Spoken } from "../pipeline/Spoken.ts"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import { extractAnswer } from "./extractAnswer.ts"

/** As many passages as an answer is chosen from. */
const PASSAGES = 8

/** Answers without a model: the best passages in their own words, or plainly that there are none. Deterministic. */
export const answerFromKnowledge = Effect.fn("answerFromKnowledge")(function* (work: TurnWork) {
  const { journal, language, turn } = work
  const { agent, query } = turn
  const progress = yield* TurnProgress
  const matches = yield* searchForTurn(work, PASSAGES)
  const extract = Effect.sync(() => extractAnswer({ query, language, matches, agentName: agent.name }))
  const answer = yield* journal.timed("answer", extract)
  if (answer._tag !== "Greeting") yield* journal.log(searchedLog(matches))
  if (answer._tag === "Grounded") yield* journal.log(hitLog(work, answer.chunks))
  const unanswered: TurnEffect = { _tag: "Unanswered", question: query, language: language.code }
  yield* progress.delta(answer.text)
  return { text: answer.text, effects: answer._tag === "NothingFound" ? [unanswered] : [] } satisfies Spoken
})
