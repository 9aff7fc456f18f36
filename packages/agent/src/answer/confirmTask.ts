import type { Task } from "@butler/domain"
import { Effect } from "effect"
import { hitLog, searchedLog } from "../pipeline/knowledgeLogs.ts"
import { searchForTurn } from "../pipeline/searchForTurn.ts"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import { notedDetails } from "../task/taskWords.ts"
import { extractAnswer } from "./extractAnswer.ts"

/** As many passages as an answer is chosen from. */
const PASSAGES = 8

/** Says, without a model, what was told for a task, and what the knowledge has on the task, if anything. */
export const confirmTask = Effect.fn("confirmTask")(function* (
  work: TurnWork,
  task: Task,
  details: Readonly<Record<string, string>>
) {
  const { journal, language, turn } = work
  const noted = notedDetails(task, details, language)
  const query = task.description
  if (query.trim() === "") return noted
  const matches = yield* searchForTurn({ ...work, turn: { ...turn, query } }, PASSAGES)
  yield* journal.log(searchedLog(matches))
  const answer = extractAnswer({ query, language, matches, agentName: turn.agent.name })
  if (answer._tag !== "Grounded") return noted
  yield* journal.log(hitLog(work, answer.chunks))
  return `${noted}\n\n${answer.text}`
})
