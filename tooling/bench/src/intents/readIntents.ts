import { readFileSync } from "node:fs"
import type { Task } from "@butler/domain"
import { Schema } from "effect"

/**
 * A line of a file: what a task is, an example of it, or a question to be put to it; no task: it belongs to none. Held-out questions are
 * those that nothing was ever chosen by.
 */
const Line = Schema.fromJsonString(
  Schema.Struct({
    split: Schema.Literals(["task", "example", "question", "held-out"]),
    task: Schema.NullOr(Schema.String),
    text: Schema.String
  })
)

const decode = Schema.decodeUnknownSync(Line)

export interface Question {
  readonly text: string
  readonly task: string | null
}

export interface Intents {
  readonly tasks: ReadonlyArray<Task>
  readonly questions: ReadonlyArray<Question>
  readonly heldOut: ReadonlyArray<Question>
}

/** Reads tasks and questions, one JSON object a line. */
export const readIntents = (path: string): Intents => {
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => decode(line))
  const of = (split: (typeof lines)[number]["split"]) => lines.filter((line) => line.split === split)
  const examples = Map.groupBy(of("example"), ({ task }) => task ?? "")
  const descriptions = new Map(of("task").map(({ task, text }) => [task, text]))
  const tasks = Array.from(examples, ([name, all]) => ({
    name,
    description: descriptions.get(name) ?? "",
    examples: all.map(({ text }) => text)
  }))
  return { tasks, questions: of("question"), heldOut: of("held-out") }
}
