import { Effect } from "effect"
import { AT_ONCE, type Lesson } from "./Lesson.ts"
import { addLikeness, lessonsByFeature } from "./lessonsByFeature.ts"

/** Lessons beside one another: how like each is to each other one, row by row. */
export interface Likeness {
  readonly size: number
  readonly rows: Float32Array
}

/** Compares all lessons with one another, once for all that is learnt from them: 850 take 3 MB. */
export const compareLessons = Effect.fnUntraced(function* (lessons: ReadonlyArray<Lesson>, features: number) {
  const size = lessons.length
  const rows = new Float32Array(size * size)
  const by = lessonsByFeature(lessons, features)
  for (const [at, { vector }] of lessons.entries()) {
    if (at % AT_ONCE === 0) yield* Effect.yieldNow
    addLikeness(by, vector, rows.subarray(at * size, (at + 1) * size))
  }
  return { size, rows } satisfies Likeness
})
