import type { DetectedLanguage, RequiredDetail, Task } from "@butler/domain"
import type { TaskPhrases } from "./phrases/TaskPhrases.ts"
import { taskPhrases } from "./taskPhrases.ts"

/** `delivery_date` in words. */
const inWords = (name: string): string => name.replaceAll(/[_-]+/gu, " ")

const nameOf = ({ kind, name }: RequiredDetail, { names }: TaskPhrases): string =>
  kind === "name" || kind === "email" || kind === "phone" || kind === "order_number"
    ? names[kind]
    : `“${inWords(name)}”`

const hintFor = ({ choices = [], kind }: RequiredDetail, { hints }: TaskPhrases): string => {
  if (kind === "choice") return choices.map((choice, index) => `${index + 1}. ${choice}`).join("\n")
  return kind === "phone" || kind === "date" ? hints[kind] : ""
}

const lines = (...all: ReadonlyArray<string>): string => all.filter((line) => line !== "").join("\n")

/** The question for a detail; behind an answer that was none with what was wrong. */
export const askFor = (detail: RequiredDetail, wrong: boolean, { code }: DetectedLanguage): string => {
  const phrases = taskPhrases(code)
  const what = nameOf(detail, phrases)
  const question = detail.question ?? phrases.ask(what)
  const hint = hintFor(detail, phrases)
  const isNeeded = wrong || detail.kind === "choice"
  return lines(wrong ? phrases.wrong(what) : "", question, isNeeded ? hint : "")
}

/** Says what a contact has told for a task. */
export const notedDetails = (
  task: Pick<Task, "details">,
  details: Readonly<Record<string, string>>,
  { code }: DetectedLanguage
): string => {
  const told = (task.details ?? []).flatMap(({ name }) => details[name] ?? [])
  return taskPhrases(code).noted(told.join(", "))
}
