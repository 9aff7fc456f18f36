import { Effect } from "effect"
import type { Likeness } from "./compareLessons.ts"
import { AT_ONCE, type Lesson } from "./Lesson.ts"

/** What has been learnt, of each task together: how well each lesson fits it, and how much of each lesson is in it. */
export interface Learnt {
  readonly fits: Float32Array
  readonly shares: Float32Array
}

/** How far an example's own task is to lie in front of the best other one, and the most one example moves them. */
const MARGIN = 0.4
const STEP = 0.05

/** Times that all examples are gone through; more tell no better. */
const ROUNDS = 8

/** Puts some of a lesson into a task. */
const put = ({ fits, shares }: Learnt, { rows, size }: Likeness, lesson: number, task: number, share: number): void => {
  const from = lesson * size
  const to = task * size
  shares[to + lesson] = (shares[to + lesson] ?? 0) + share
  for (let other = 0; other < size; other++)
    fits[to + other] = (fits[to + other] ?? 0) + share * (rows[from + other] ?? 0)
}

/** How long the sum of each task's texts is. */
const lengthsOf = (
  lessons: ReadonlyArray<Lesson>,
  chosen: ReadonlyArray<number>,
  { rows, size }: Likeness,
  tasks: number
): Float64Array => {
  const squares = new Float64Array(tasks)
  for (const [task, own] of Map.groupBy(chosen, (at) => lessons[at]?.task ?? 0)) {
    for (const one of own) {
      for (const other of own) {
        const weight = (lessons[one]?.weight ?? 0) * (lessons[other]?.weight ?? 0)
        squares[task] = (squares[task] ?? 0) + weight * (rows[one * size + other] ?? 0)
      }
    }
  }
  return squares.map((square) => Math.sqrt(square) || 1)
}

const rivalOf = (fits: Float32Array, size: number, lesson: number, own: number, tasks: number): number => {
  let rival = -1
  let most = Number.NEGATIVE_INFINITY
  for (let task = 0; task < tasks; task++) {
    const fit = fits[task * size + lesson] ?? 0
    if (task === own || fit <= most) continue
    rival = task
    most = fit
  }
  return rival
}

/** Moves a lesson's task and its best rival apart, where the lesson lies too near to the rival. */
const correct = (learnt: Learnt, likeness: Likeness, at: number, { task, weight }: Lesson, tasks: number): void => {
  const { size } = likeness
  const rival = rivalOf(learnt.fits, size, at, task, tasks)
  if (rival < 0) return
  const short = MARGIN - ((learnt.fits[task * size + at] ?? 0) - (learnt.fits[rival * size + at] ?? 0))
  if (short <= 0) return
  const step = Math.min(STEP, short / 2) * Math.min(weight, 1)
  put(learnt, likeness, at, task, step)
  put(learnt, likeness, at, rival, -step)
}

/**
 * Learns tasks from the chosen lessons: from the middle of each task's texts, moved wherever an example lies nearer to another task
 * (passive-aggressive updates). Told by how like lessons are to one another, since features are many and lessons few.
 */
export const learnTasks = Effect.fnUntraced(function* (
  lessons: ReadonlyArray<Lesson>,
  chosen: ReadonlyArray<number>,
  likeness: Likeness,
  tasks: number
) {
  const { size } = likeness
  const learnt: Learnt = { fits: new Float32Array(tasks * size), shares: new Float32Array(tasks * size) }
  const lengths = lengthsOf(lessons, chosen, likeness, tasks)
  for (const [index, at] of chosen.entries()) {
    if (index % AT_ONCE === 0) yield* Effect.yieldNow
    const { task = 0, weight = 0 } = lessons[at] ?? {}
    put(learnt, likeness, at, task, weight / (lengths[task] ?? 1))
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, at] of chosen.entries()) {
      if (index % AT_ONCE === 0) yield* Effect.yieldNow
      const lesson = lessons[at]
      if (lesson !== undefined) correct(learnt, likeness, at, lesson, tasks)
    }
  }
  return learnt
})
