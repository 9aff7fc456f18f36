import { Memories, type Memory, MOST_MEMORIES, TextAnalyzer } from "@butler/domain"
import { Effect, Exit } from "effect"
import type { StepFacts } from "../pipeline/Journal.ts"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import { relevantMemories } from "./relevantMemories.ts"

const factsOf = (exit: Exit.Exit<ReadonlyArray<Memory>>): StepFacts =>
  Exit.isSuccess(exit) ? { detail: { memories: exit.value.map(({ id, text }) => ({ id, text })) } } : {}

/** What is remembered of the contact that bears on the turn. */
export const recall = Effect.fn("recall")(function* (work: TurnWork) {
  const { journal, language, turn } = work
  const { contactId, query, workspaceId } = turn
  const analyzer = yield* TextAnalyzer
  const read = Memories.use(({ list }) => list({ workspaceId, contactId, after: null, limit: MOST_MEMORIES }))
  const found = Effect.map(read, (all) => relevantMemories(all, query, language, analyzer))
  const memories = yield* journal.timed("recall", found, factsOf)
  if (memories.length > 0) yield* journal.log({ type: "recall", message: memories.map(({ text }) => text).join("; ") })
  return memories
})
