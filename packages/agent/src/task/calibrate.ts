import { Effect } from "effect"
import { judge } from "./judge.ts"
import { type Lesson, trainTasks } from "./trainTasks.ts"

/** Trials that the tasks are put to, and the least that such a trial needs. */
const TRIALS = 4
const LEAST_TASKS = 4
const LEAST_SCORES = 40

/** Where there are too few examples to tell. */
const USUAL_THRESHOLD = 0.15

/** How many of the questions that belong to a task unknown are refused at least, and how many where that costs few right choices. */
const REFUSED = { least: 0.5, most: 0.65 }
const LOST = 0.05

const quantile = (scores: ReadonlyArray<number>, part: number): number =>
  scores.toSorted((a, b) => a - b)[Math.min(Math.floor(scores.length * part), scores.length - 1)] ?? 0

/**
 * How well a question must fit to be taken, learnt from the examples: in each trial a part of the tasks is kept from the index, and so
 * their examples belong to none; of the others some examples are kept, as questions that do belong. What belongs to another trade
 * altogether fits worse than either.
 */
export const calibrate = Effect.fnUntraced(function* (lessons: ReadonlyArray<Lesson>, features: number, tasks: number) {
  if (tasks < LEAST_TASKS) return USUAL_THRESHOLD
  const right: Array<number> = []
  const foreign: Array<number> = []
  for (let trial = 0; trial < TRIALS; trial++) {
    const isKnown = ({ task }: Lesson) => task % TRIALS !== trial
    const isLearnt = (lesson: Lesson) => isKnown(lesson) && (lesson.turn === 0 || lesson.turn % TRIALS !== trial)
    const trained = yield* trainTasks(lessons.filter(isLearnt), features, tasks)
    for (const lesson of lessons) {
      if (lesson.turn === 0 || isLearnt(lesson)) continue
      const { score, task } = judge(trained, lesson.vector)
      if (!isKnown(lesson)) foreign.push(score)
      else if (task === lesson.task) right.push(score)
    }
  }
  if (Math.min(right.length, foreign.length) < LEAST_SCORES) return USUAL_THRESHOLD
  return Math.max(quantile(foreign, REFUSED.least), Math.min(quantile(foreign, REFUSED.most), quantile(right, LOST)))
})
