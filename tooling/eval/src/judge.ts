import { detectLanguage } from "@butler/agent"
import type { TurnResource } from "@butler/contracts"
import type { EvalTurn } from "./EvalDialog.ts"

export const CHECKS = ["completed", "task", "document", "answered", "contains", "excludes", "language"] as const
export type CheckName = (typeof CHECKS)[number]

/** One expectation and what became of it. */
export interface Check {
  readonly name: CheckName
  readonly passed: boolean
  /** What there was instead, for a person. */
  readonly was: string
}

const replyOf = ({ messages }: TurnResource): string => messages.map(({ text }) => text).join("\n")

/** The task that the turn belongs to. */
const taskOf = ({ steps }: TurnResource): string | null => {
  const task = steps.findLast(({ name }) => name === "task")?.detail?.["task"]
  return typeof task === "string" ? task : null
}

const groundsOf = ({ agentLogs }: TurnResource) =>
  agentLogs.flatMap((log) => (log.type === "knowledge_hit" ? log.kb : []))

const usedTool = ({ agentLogs }: TurnResource): boolean =>
  agentLogs.some((log) => log.type === "tool" && log.status === "success")

const folded = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ")

const listed = (items: ReadonlyArray<string>): string => (items.length === 0 ? "nothing" : items.join(", "))

/** Holds an answer against what was expected. Every turn is expected to complete with a reply; one that has none passes nothing. */
export const judge = (expected: EvalTurn, turn: TurnResource): ReadonlyArray<Check> => {
  const reply = replyOf(turn)
  const completed = turn.status === "completed" && reply !== ""
  const checks: Array<Check> = []
  const check = (name: CheckName, passed: boolean, was: string): void => {
    checks.push({ name, passed: completed && passed, was })
  }

  check("completed", true, `${turn.status}, ${turn.error?.type ?? "without a reply"}`)
  if (expected.task !== undefined) {
    const task = taskOf(turn)
    check("task", task === expected.task, `${task ?? "no task"}, not ${expected.task ?? "none"}`)
  }
  const { document } = expected
  const grounds = groundsOf(turn)
  if (document !== undefined) {
    const isMeant = grounds.some(({ document_id: id, document_name: name }) => id === document || name === document)
    const names = [...new Set(grounds.map(({ document_name }) => document_name))]
    check("document", isMeant, `rests on ${listed(names)}, not on ${document}`)
  }
  if (expected.answered !== undefined) {
    const answered = grounds.length > 0 || usedTool(turn)
    const was = answered ? "an answer" : "no answer from knowledge or tools"
    check("answered", answered === expected.answered, was)
  }
  const said = folded(reply)
  if (expected.contains !== undefined) {
    const missing = expected.contains.filter((part) => !said.includes(folded(part)))
    check("contains", missing.length === 0, `lacks ${listed(missing)}`)
  }
  if (expected.excludes !== undefined) {
    const unwanted = expected.excludes.filter((part) => said.includes(folded(part)))
    check("excludes", unwanted.length === 0, `has ${listed(unwanted)}`)
  }
  if (expected.language !== undefined) {
    const { code: language } = detectLanguage(reply)
    check("language", language === expected.language, `${language}, not ${expected.language}`)
  }
  return checks
}
