import { Effect } from "effect"
import type { Likeness } from "./compareLessons.ts"
import { judge } from "./judge.ts"
import { type Learnt, learnTasks } from "./learnTasks.ts"
import { AT_ONCE, type Lesson } from "./Lesson.ts"

/** Trials that the tasks are put to, and the least that such a trial needs. */
const TRIALS = 4
const LEAST_TASKS = 4
const LEAST_SCORES = 40

/** Where there are too few examples to tell; with one to five tasks of three examples, what belongs to none reaches 0.22. */
const USUAL_THRESHOLD = 0.25

/** However badly examples fit one another: below this a question shares next to nothing with them. */
const LEAST_THRESHOLD = 0.12

/** How many of the questions that belong to a task unknown are to be refused. */
const REFUSED = 0.6

/** The part of right choices that this may cost; where many examples do not find their task a choice is worth less, and it may cost more. */
const mayBeLost = (failing: number): number => 0.06 + 1.2 * Math.max(0, failing - 0.3)

/**
 * Examples that look alike fit one another better than what people ask fits them. Above the usual threshold the trials are believed by
 * half, therefore: taken at their word they refuse 0.9 of a bank's general questions, and more of its own than they need.
 */
const temper = (learnt: number): number => Math.min(learnt, (learnt + USUAL_THRESHOLD) / 2)

const quantile = (scores: ReadonlyArray<number>, part: number): number =>
  scores.toSorted((a, b) => a - b)[Math.min(Math.floor(scores.length * part), scores.length - 1)] ?? 0

/** How a lesson that was not learnt is judged by those that were. */
const judgeLesson = (
  lessons: ReadonlyArray<Lesson>,
  chosen: ReadonlyArray<number>,
  { rows, size }: Likeness,
  { fits }: Learnt,
  at: number
) => {
  const tasks = fits.length / size
  const nearest = new Float32Array(tasks)
  for (const other of chosen) {
    const task = lessons[other]?.task ?? 0
    nearest[task] = Math.max(nearest[task] ?? 0, rows[at * size + other] ?? 0)
  }
  return judge(
    Float32Array.from({ length: tasks }, (_, task) => fits[task * size + at] ?? 0),
    nearest
  )
}

/**
 * How well a question must fit to be taken, learnt from the examples: in each trial a part of the tasks is kept from the index, and so
 * their examples belong to none; of the others some examples are kept, as questions that do belong. What belongs to another trade
 * altogether fits worse than either.
 */
export const calibrate = Effect.fnUntraced(function* (
  lessons: ReadonlyArray<Lesson>,
  likeness: Likeness,
  tasks: number
) {
  if (tasks < LEAST_TASKS) return USUAL_THRESHOLD
  const scores = { right: Array<number>(), wrong: Array<number>(), foreign: Array<number>() }
  for (let trial = 0; trial < TRIALS; trial++) {
    const isKnown = ({ task }: Lesson) => task % TRIALS !== trial
    const isLearnt = (lesson: Lesson) => isKnown(lesson) && (lesson.turn === 0 || lesson.turn % TRIALS !== trial)
    const chosen = lessons.flatMap((lesson, at) => (isLearnt(lesson) ? [at] : []))
    const learnt = yield* learnTasks(lessons, chosen, likeness, tasks)
    for (const [at, lesson] of lessons.entries()) {
      if (at % AT_ONCE === 0) yield* Effect.yieldNow
      if (lesson.turn === 0 || isLearnt(lesson)) continue
      const { score, task } = judgeLesson(lessons, chosen, likeness, learnt, at)
      const outcome = task === lesson.task ? "right" : "wrong"
      scores[isKnown(lesson) ? outcome : "foreign"].push(score)
    }
  }
  const { foreign, right, wrong } = scores
  if (Math.min(right.length, foreign.length) < LEAST_SCORES) return USUAL_THRESHOLD
  const failing = wrong.length / (right.length + wrong.length)
  return Math.max(LEAST_THRESHOLD, temper(Math.min(quantile(foreign, REFUSED), quantile(right, mayBeLost(failing)))))
})
