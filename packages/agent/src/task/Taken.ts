import type { DetectedLanguage, Task, TurnEffect } from "@butler/domain"

/** What a turn's message means for the tasks of its agent. */
export interface Taken {
  /** What the agent is at. */
  readonly task: Task | null
  /** What the contact has told for it. */
  readonly details: Readonly<Record<string, string>>
  /** Said in place of an answer. */
  readonly say: string | null
  /** Said behind the answer: what the contact still owes an answer to. */
  readonly behind: string | null
  /** The contact has just told all that the task needs. */
  readonly completed: boolean
  /** What the contact speaks, where the message itself does not tell. */
  readonly language: DetectedLanguage | null
  readonly effects: ReadonlyArray<TurnEffect>
}

export const NO_TASK: Taken = {
  task: null,
  details: {},
  say: null,
  behind: null,
  completed: false,
  language: null,
  effects: []
}
