import { type RecalledMemory, TextAnalyzer, type TurnBackground } from "@butler/domain"
import { Effect, Exit } from "effect"
import type { StepFacts } from "../pipeline/Journal.ts"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import { relevantMemories } from "./relevantMemories.ts"

interface Recalled extends TurnBackground {
  /** Those that bear on the turn. */
  readonly relevant: ReadonlyArray<RecalledMemory>
}

const factsOf = (exit: Exit.Exit<Recalled>): StepFacts =>
  Exit.isSuccess(exit) ? { detail: { memories: exit.value.relevant.map(({ id, text }) => ({ id, text })) } } : {}

/** What was said in the dialog, and of what is remembered of the contact that which bears on the turn. */
export const recall = Effect.fnUntraced(function* (work: TurnWork, read: Effect.Effect<TurnBackground>) {
  const { journal, turn, written } = work
  const analyzer = yield* TextAnalyzer
  const found = Effect.map(read, (background): Recalled => {
    const relevant = relevantMemories(background.memories, turn.query, written, analyzer)
    return { ...background, relevant }
  })
  const { details, relevant, said } = yield* journal.timed("recall", found, factsOf)
  if (relevant.length > 0) yield* journal.log({ type: "recall", message: relevant.map(({ text }) => text).join("; ") })
  return { said, memories: relevant, details } satisfies TurnBackground
})
