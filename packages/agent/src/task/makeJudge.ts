import { Effect } from "effect"
import { judge } from "./judge.ts"
import type { Learnt } from "./learnTasks.ts"
import { AT_ONCE, type Lesson } from "./Lesson.ts"
import { addLikeness, lessonsByFeature } from "./lessonsByFeature.ts"
import type { Vector } from "./Vocabulary.ts"

/** How much of each task each feature speaks for: the tasks' weights of one feature stand together. */
const weightsOf = Effect.fnUntraced(function* (
  lessons: ReadonlyArray<Lesson>,
  { shares }: Learnt,
  features: number,
  tasks: number
) {
  const weights = new Float32Array(features * tasks)
  for (const [at, { vector }] of lessons.entries()) {
    if (at % AT_ONCE === 0) yield* Effect.yieldNow
    for (let task = 0; task < tasks; task++) {
      const share = shares[task * lessons.length + at] ?? 0
      if (share === 0) continue
      vector.features.forEach((feature, index) => {
        const to = feature * tasks + task
        weights[to] = (weights[to] ?? 0) + share * (vector.values[index] ?? 0)
      })
    }
  }
  return weights
})

/** Makes what judges texts that are no lessons. */
export const makeJudge = Effect.fnUntraced(function* (
  lessons: ReadonlyArray<Lesson>,
  learnt: Learnt,
  features: number,
  tasks: number
) {
  const weights = yield* weightsOf(lessons, learnt, features, tasks)
  const by = lessonsByFeature(lessons, features)
  const taskOf = lessons.map(({ task }) => task)
  return (asked: Vector): { readonly task: number; readonly score: number } => {
    const fits = new Float32Array(tasks)
    const likeness = new Float32Array(taskOf.length)
    asked.features.forEach((feature, index) => {
      const value = asked.values[index] ?? 0
      for (let task = 0; task < tasks; task++) {
        fits[task] = (fits[task] ?? 0) + value * (weights[feature * tasks + task] ?? 0)
      }
    })
    addLikeness(by, asked, likeness)
    const nearest = new Float32Array(tasks)
    taskOf.forEach((task, at) => (nearest[task] = Math.max(nearest[task] ?? 0, likeness[at] ?? 0)))
    return judge(fits, nearest)
  }
})
