import { type Task, type TaskProgress, TaskProgresses, type TurnEffect } from "@butler/domain"
import { Clock, Effect, Exit } from "effect"
import type { StepFacts } from "../pipeline/Journal.ts"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import { beginTask, continueTask, type TaskMove } from "./continueTask.ts"
import type { Said } from "./details/findDetail.ts"
import { NO_TASK, type Taken } from "./Taken.ts"
import type { TaskFit } from "./TaskIndex.ts"
import type { TaskIndexes } from "./TaskIndexes.ts"
import { taskPhrases } from "./taskPhrases.ts"
import { askFor } from "./taskWords.ts"
import { toldEffects } from "./toldEffects.ts"

export interface TakeTaskOptions {
  readonly indexes: TaskIndexes
  readonly hasModel: boolean
}

/** How much better than others a message must fit another task to leave the one that waits for a detail. */
const CLEARLY = 0.1

const QUESTION = /[?？؟]\s*$/u

const moveTo = (progress: TaskProgress | null): TurnEffect => ({ _tag: "TaskProgress", progress })

interface Choice {
  readonly fit: TaskFit | null
  readonly threshold: number
}

const fits = ({ fit, threshold }: Choice, by = 0): Task | null =>
  fit !== null && fit.score >= threshold + by ? fit.task : null

/** Where the dialog is in a task that its agent still has. */
const openTask = Effect.fnUntraced(function* ({ turn }: TurnWork) {
  const { tasks = [] } = turn.agent.settings ?? {}
  const lasting = tasks.some(({ details, instructions }) => details !== undefined || instructions !== undefined)
  const progress = lasting ? yield* (yield* TaskProgresses).find(turn.workspaceId, turn.dialogId) : null
  const task = tasks.find(({ name }) => name === progress?.task)
  return progress === null || task === undefined ? null : { progress, task }
})

const choose = Effect.fnUntraced(function* ({ turn, written }: TurnWork, { indexes }: TakeTaskOptions) {
  const index = yield* indexes.find(turn)
  const threshold = turn.agent.settings?.taskThreshold ?? index.threshold
  return { fit: index.bestFit(turn.query, written), threshold } satisfies Choice
})

/** What is said and changed where a task goes on with a message. */
const carryOut = Effect.fnUntraced(function* (
  { journal, language }: TurnWork,
  { hasModel }: TakeTaskOptions,
  task: Task,
  before: Readonly<Record<string, string>>,
  move: TaskMove
) {
  const words = taskPhrases(language.code)
  const leave = Effect.fnUntraced(function* (say: string, message: string) {
    yield* journal.log({ type: "systemTask", name: "collect_details", message })
    return { ...NO_TASK, say, effects: [moveTo(null)] } satisfies Taken
  })
  switch (move._tag) {
    case "Left":
      return yield* leave(words.left, `${task.name}: the contact does not want to go on`)
    case "GaveUp":
      return yield* leave(words.gaveUp, `${task.name}: no ${move.detail.name} after three questions`)
    case "Ask": {
      const { detail, progress, wrong } = move
      const message = `${task.name}: asks for ${detail.name}${wrong ? " again" : ""}`
      yield* journal.log({ type: "systemTask", name: "collect_details", message })
      const told = yield* toldEffects(task, before, progress.details, hasModel)
      return { ...NO_TASK, say: askFor(detail, wrong, language), effects: [moveTo(progress), ...told] } satisfies Taken
    }
    case "Complete": {
      const { details } = move
      const values = Object.values(details)
      const completed = values.length > 0
      if (completed) yield* journal.log({ type: "internalTool", entity: { name: "collect_details", values } })
      const told = yield* toldEffects(task, before, details, hasModel)
      const lasts = hasModel && (completed || task.instructions !== undefined)
      const progress = lasts ? { task: task.name, details, asking: null, tries: 0 } : null
      const effects = lasts || completed ? [moveTo(progress), ...told] : told
      return { ...NO_TASK, task, details, completed, language, effects } satisfies Taken
    }
  }
})

const begin = Effect.fnUntraced(function* (work: TurnWork, options: TakeTaskOptions, task: Task, said: Said) {
  yield* work.journal.log({ type: "task", name: task.name })
  return yield* carryOut(work, options, task, {}, beginTask(task, said))
})

/** The task that was open is left, also for one that has nothing to be kept of. */
const leaving = (taken: Taken): Taken =>
  taken.effects.some(({ _tag }) => _tag === "TaskProgress")
    ? taken
    : { ...taken, effects: [moveTo(null), ...taken.effects] }

const take = Effect.fnUntraced(function* (work: TurnWork, options: TakeTaskOptions, choice: Choice) {
  const open = yield* openTask(work)
  const said = { message: work.turn.query, language: work.language, now: new Date(yield* Clock.currentTimeMillis) }
  if (open !== null && open.progress.asking !== null) {
    const { progress, task } = open
    const move = continueTask(task, progress, said)
    if (move._tag === "Ask" && move.wrong) {
      const other = fits(choice, CLEARLY)
      if (other !== null && other !== task) return leaving(yield* begin(work, options, other, said))
      // A question of the contact's own is answered first, and counts as no try.
      if (QUESTION.test(said.message))
        return { ...NO_TASK, behind: askFor(move.detail, false, work.language) } satisfies Taken
    }
    return yield* carryOut(work, options, task, progress.details, move)
  }
  const chosen = fits(choice)
  if (chosen !== null) return yield* begin(work, options, chosen, said)
  return open === null ? NO_TASK : ({ ...NO_TASK, task: open.task, details: open.progress.details } satisfies Taken)
})

const factsOf =
  ({ fit, threshold }: Choice) =>
  (exit: Exit.Exit<Taken>): StepFacts => ({
    detail: {
      best: fit?.task.name ?? null,
      score: fit?.score ?? 0,
      threshold,
      task: Exit.isSuccess(exit) ? (exit.value.task?.name ?? null) : null
    }
  })

/** Chooses the task that a message belongs to, or goes on with the one the dialog is in. */
export const takeTask = Effect.fnUntraced(function* (work: TurnWork, options: TakeTaskOptions) {
  const { tasks = [] } = work.turn.agent.settings ?? {}
  if (tasks.length === 0) return NO_TASK
  const choice = yield* choose(work, options)
  return yield* work.journal.timed("task", take(work, options, choice), factsOf(choice))
})
