import { bestBut, scoresOf, type TaskWeights } from "./trainTasks.ts"
import type { Vector } from "./Vocabulary.ts"

/** What a lead over the second best task adds to how well the best one fits. */
const LEAD = 0.3

/** The best task for a text and how well it fits, 0 to 1; -1 where there is no task. */
export const judge = (trained: TaskWeights, vector: Vector): { readonly task: number; readonly score: number } => {
  const scores = scoresOf(trained, vector)
  const task = bestBut(scores, -1)
  const best = scores[task] ?? 0
  const second = scores[bestBut(scores, task)] ?? 0
  return { task, score: Math.min(Math.max(best + LEAD * (best - second), 0), 1) }
}
