import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { buildTaskIndex, TextAnalyzerSnowball } from "@butler/agent"
import { TextAnalyzer } from "@butler/domain"
import { Effect } from "effect"
import { type Figure, printTable } from "../turn/table.ts"
import { type Question, readIntents } from "./readIntents.ts"

const OWN = ["intents.en.jsonl", "intents.zh.jsonl", "intents-hard.en.jsonl", "intents-hard.zh.jsonl"].map((name) =>
  fileURLToPath(new URL(`../../data/${name}`, import.meta.url))
)

const share = (part: ReadonlyArray<unknown>, whole: ReadonlyArray<unknown>): number =>
  whole.length === 0 ? Number.NaN : part.length / whole.length

const atLeast = (limit: number): Pick<Figure, "bound"> => ({ bound: { of: "value", at: "least", limit } })

interface Judged {
  readonly task: string | null
  readonly best: string | null
  readonly taken: boolean
}

/** A question of a task's that is refused counts as one that did not find it. */
const figuresOf = (judged: ReadonlyArray<Judged>): ReadonlyArray<Figure> => {
  const belong = judged.filter(({ task }) => task !== null)
  const right = belong.filter(({ best, task }) => best === task)
  const taken = right.filter((one) => one.taken)
  const foreign = judged.filter(({ task }) => task === null)
  const refused = foreign.filter((one) => !one.taken)
  return [
    { name: "questions", value: judged.length },
    { name: "task is the best one", value: share(right, belong) },
    { name: "task found: the best one, and taken at the threshold", value: share(taken, belong), ...atLeast(0.72) },
    { name: "refused of those that belong to none", value: share(refused, foreign), ...atLeast(0.6) }
  ]
}

const measure = Effect.fnUntraced(function* (path: string) {
  const { heldOut, questions, tasks } = readIntents(path)
  const analyzer = yield* TextAnalyzer
  const begun = performance.now()
  const { bestFit, threshold } = yield* buildTaskIndex(tasks, analyzer)
  const builtMs = performance.now() - begun
  const judge = ({ task, text }: Question): Judged => {
    const fit = bestFit(text, analyzer.detectLanguage(text))
    return { task, best: fit?.task.name ?? null, taken: fit !== null && fit.score >= threshold }
  }
  const asked = performance.now()
  const judged = questions.map(judge)
  const eachMs = (performance.now() - asked) / Math.max(1, questions.length)
  const name = `${tasks.length} tasks of ${path.split("/").at(-1)}`
  const costs: ReadonlyArray<Figure> = [
    { name: "threshold", value: threshold },
    { name: "index made, ms", value: builtMs },
    { name: "question, ms", value: eachMs, bound: { of: "value", at: "most", limit: 1 } }
  ]
  printTable(name, ["", "measured"], [...figuresOf(judged), ...costs])
  if (heldOut.length > 0) printTable(`${name}, held out`, ["", "measured"], figuresOf(heldOut.map(judge)))
})

/** `pnpm bench intents [--data <file.jsonl>]`. Answers the exit code. */
export const intentsBench = async (args: ReadonlyArray<string>): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options: { data: { type: "string" } } })
  const paths = values.data === undefined ? OWN : [values.data]
  await Effect.runPromise(Effect.forEach(paths, measure, { discard: true }).pipe(Effect.provide(TextAnalyzerSnowball)))
  return 0
}
