import type { Lesson } from "./Lesson.ts"
import type { Vector } from "./Vocabulary.ts"

/** The lessons that have each feature, one feature after the other: those of a feature stand from its start to the next one's. */
export interface LessonsByFeature {
  readonly starts: Int32Array
  readonly lessons: Int32Array
  readonly values: Float32Array
}

export const lessonsByFeature = (all: ReadonlyArray<Lesson>, features: number): LessonsByFeature => {
  const starts = new Int32Array(features + 1)
  for (const { vector } of all) {
    for (const feature of vector.features) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1
  }
  for (let feature = 0; feature < features; feature++) {
    starts[feature + 1] = (starts[feature + 1] ?? 0) + (starts[feature] ?? 0)
  }
  const next = starts.slice()
  const lessons = new Int32Array(starts[features] ?? 0)
  const values = new Float32Array(lessons.length)
  for (const [lesson, { vector }] of all.entries()) {
    vector.features.forEach((feature, index) => {
      const at = next[feature] ?? 0
      next[feature] = at + 1
      lessons[at] = lesson
      values[at] = vector.values[index] ?? 0
    })
  }
  return { starts, lessons, values }
}

/** Adds to each lesson how like a text is to it: they share few features, so this is much faster than one by one. */
export const addLikeness = (
  { lessons, starts, values }: LessonsByFeature,
  vector: Vector,
  likeness: Float32Array
): void => {
  for (let index = 0; index < vector.features.length; index++) {
    const feature = vector.features[index] ?? 0
    const value = vector.values[index] ?? 0
    const end = starts[feature + 1] ?? 0
    for (let at = starts[feature] ?? 0; at < end; at++) {
      const lesson = lessons[at] ?? 0
      likeness[lesson] = (likeness[lesson] ?? 0) + value * (values[at] ?? 0)
    }
  }
}
