import { type TurnEffect, TurnProgress } from "@butler/domain"
import { Effect } from "effect"
import { hitLog, searchedLog } from "../pipeline/knowledgeLogs.ts"
import { searchForTurn } from "../pipeline/searchForTurn.ts"
import type { Spoken } from "../pipeline/Spoken.ts"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import { notedDetails } from "../task/taskWords.ts"
import { toldEffects } from "../task/toldEffects.ts"
import { extractAnswer } from "./extractAnswer.ts"
import { nothingFound } from "./phrases.ts"
import { TOLD, toldDetails } from "./toldDetails.ts"

/** As many passages as an answer is chosen from. */
const PASSAGES = 8

/** What the contact tells of itself is kept, where the agent is to keep it. */
const keepTold = Effect.fnUntraced(function* ({ journal }: TurnWork, told: Readonly<Record<string, string>>) {
  const values = Object.values(told)
  if (values.length === 0) return []
  yield* journal.log({ type: "internalTool", entity: { name: "visitor", values } })
  return yield* toldEffects(TOLD, {}, told, false)
})

/**
 * Answers without a model: the best passages in their own words, or plainly that there are none. Deterministic. Where nothing but
 * details of the contact was told, they are repeated: that is no question nobody could answer.
 */
export const answerFromKnowledge = Effect.fn("answerFromKnowledge")(function* (work: TurnWork) {
  const { journal, language, turn, written } = work
  const { agent, query } = turn
  const progress = yield* TurnProgress
  const matches = yield* searchForTurn(work, PASSAGES)
  const extract = Effect.sync(() => extractAnswer({ query, language: written, matches, agentName: agent.name }))
  const answer = yield* journal.timed("answer", extract)
  if (answer._tag !== "Greeting") yield* journal.log(searchedLog(matches))
  if (answer._tag === "Grounded") yield* journal.log(hitLog(work, answer.chunks))
  const told = toldDetails(work)
  const kept = yield* keepTold(work, told)
  const found = answer._tag !== "NothingFound"
  const nothing = kept.length === 0 ? nothingFound(language.code) : notedDetails(TOLD, told, language)
  const text = found ? answer.text : nothing
  yield* progress.delta(text)
  const unanswered: TurnEffect = { _tag: "Unanswered", question: query, language: language.code }
  return { text, effects: found || kept.length > 0 ? kept : [unanswered] } satisfies Spoken
})
