import type { Vector } from "./Vocabulary.ts"

/** A text that a task is known by: at turn 0 its name, then its examples. One example has the weight 1. */
export interface Lesson {
  readonly task: number
  readonly turn: number
  readonly vector: Vector
  readonly weight: number
}

/** Lessons that are gone through while nothing else runs: some milliseconds. */
export const AT_ONCE = 100
