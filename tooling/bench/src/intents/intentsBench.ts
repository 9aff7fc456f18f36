import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { buildTaskIndex, TextAnalyzerSnowball } from "@butler/agent"
import { TextAnalyzer } from "@butler/domain"
import { Effect } from "effect"
import { type Figure, printTable } from "../turn/table.ts"
import { readIntents } from "./readIntents.ts"

const OWN = ["intents.en.jsonl", "intents.zh.jsonl"].map((name) =>
  fileURLToPath(new URL(`../../data/${name}`, import.meta.url))
)

const share = (part: ReadonlyArray<unknown>, whole: ReadonlyArray<unknown>): number =>
  whole.length === 0 ? Number.NaN : part.length / whole.length

const atLeast = (limit: number): Pick<Figure, "bound"> => ({ bound: { of: "value", at: "least", limit } })

const measure = Effect.fnUntraced(function* (path: string) {
  const { questions, tasks } = readIntents(path)
  const analyzer = yield* TextAnalyzer
  const begun = performance.now()
  const { bestFit, threshold } = yield* buildTaskIndex(tasks, analyzer)
  const builtMs = performance.now() - begun
  const asked = performance.now()
  const judged = questions.map(({ task, text }) => {
    const fit = bestFit(text, analyzer.detectLanguage(text))
    return { task, best: fit?.task.name ?? null, taken: fit !== null && fit.score >= threshold }
  })
  const eachMs = (performance.now() - asked) / Math.max(1, questions.length)
  const belong = judged.filter(({ task }) => task !== null)
  const right = belong.filter(({ best, task }) => best === task)
  const foreign = judged.filter(({ task }) => task === null)
  printTable(
    `${tasks.length} tasks of ${path.split("/").at(-1)}`,
    ["", "measured"],
    [
      { name: "questions", value: questions.length },
      { name: "task found", value: share(right, belong), ...atLeast(0.72) },
      {
        name: "task found, and taken at the threshold",
        value: share(
          right.filter(({ taken }) => taken),
          belong
        )
      },
      {
        name: "refused of those that belong to none",
        value: share(
          foreign.filter(({ taken }) => !taken),
          foreign
        ),
        ...atLeast(0.6)
      },
      { name: "threshold", value: threshold },
      { name: "index made, ms", value: builtMs },
      { name: "question, ms", value: eachMs, bound: { of: "value", at: "most", limit: 1 } }
    ]
  )
})

/** `pnpm bench intents [--data <file.jsonl>]`. Answers the exit code. */
export const intentsBench = async (args: ReadonlyArray<string>): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options: { data: { type: "string" } } })
  const paths = values.data === undefined ? OWN : [values.data]
  await Effect.runPromise(Effect.forEach(paths, measure, { discard: true }).pipe(Effect.provide(TextAnalyzerSnowball)))
  return 0
}
