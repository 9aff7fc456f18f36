import type { RequiredDetail, Task, TaskProgress } from "@butler/domain"
import { findDetail, readDetail, type Said } from "./details/findDetail.ts"
import { isLeaving } from "./isLeaving.ts"

/** How often a contact is asked for one detail before the agent gives up. */
const MOST_TRIES = 3

/** Where a task goes with a message. */
export type TaskMove =
  /** The contact is asked for the detail; `wrong` when the message was to be the answer and is none. */
  | { readonly _tag: "Ask"; readonly progress: TaskProgress; readonly detail: RequiredDetail; readonly wrong: boolean }
  | { readonly _tag: "Complete"; readonly details: Readonly<Record<string, string>> }
  /** The contact does not want to go on. */
  | { readonly _tag: "Left" }
  | { readonly _tag: "GaveUp"; readonly detail: RequiredDetail }

type Details = Readonly<Record<string, string>>

const missingIn = (details: Details) => (detail: RequiredDetail) => details[detail.name] === undefined

/**
 * The details with those that the message tells: the one that was asked for first, and one of each kind, since two of a kind cannot
 * be told apart.
 */
const tell = (
  { details: wanted = [] }: Task,
  asked: RequiredDetail | undefined,
  before: Details,
  said: Said
): Details => {
  const answer = asked === undefined ? null : readDetail(asked, said)
  const after: Record<string, string> = { ...before }
  if (asked !== undefined && answer !== null) after[asked.name] = answer
  // An answer in free words is that answer, whatever it has in it.
  if (answer !== null && asked?.kind === "text") return after
  const told = new Set(answer === null ? [] : [asked?.kind])
  for (const detail of wanted.filter(missingIn(after))) {
    const found = told.has(detail.kind) || detail === asked ? null : findDetail(detail, said)
    if (found === null) continue
    told.add(detail.kind)
    after[detail.name] = found
  }
  return after
}

const next = (task: Task, details: Details, asked: RequiredDetail | undefined, tries: number): TaskMove => {
  const detail = task.details?.find(missingIn(details))
  if (detail === undefined) return { _tag: "Complete", details }
  const wrong = detail === asked
  if (wrong && tries >= MOST_TRIES) return { _tag: "GaveUp", detail }
  const progress = { task: task.name, details, asking: detail.name, tries: wrong ? tries + 1 : 1 }
  return { _tag: "Ask", progress, detail, wrong }
}

/** Begins a task with the message that it was chosen for. */
export const beginTask = (task: Task, said: Said): TaskMove => next(task, tell(task, undefined, {}, said), undefined, 0)

/** Goes on with a task, with the message behind the question for a detail. */
export const continueTask = (task: Task, progress: TaskProgress, said: Said): TaskMove => {
  if (isLeaving(said.message, said.language)) return { _tag: "Left" }
  const asked = task.details?.find(({ name }) => name === progress.asking)
  return next(task, tell(task, asked, progress.details, said), asked, progress.tries)
}
