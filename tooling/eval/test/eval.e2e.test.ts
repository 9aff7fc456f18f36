import { AgentParams } from "@butler/contracts"
import { httpClient } from "@butler/contracts/openapi"
import { assert, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { FetchHttpClient } from "effect/http"
import { spawn } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseOptions } from "../src/Options.ts"
import { runEval } from "../src/runEval.ts"
import { startServer } from "../src/startServer.ts"

const EXAMPLE = join(import.meta.dirname, "..", "examples", "dialogs.jsonl")

const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "butler-eval-test-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
)

const write = (path: string, lines: ReadonlyArray<unknown>) =>
  Effect.promise(() => writeFile(path, lines.map((line) => JSON.stringify(line)).join("\n")))

const REFUND = ["I want my money back", "Can I get a refund?", "Refund my order please", "Give me a refund for this"]
const PARCEL = ["Where is my parcel?", "My parcel has not come", "Track my delivery", "When does my delivery come?"]
const TASKS = [
  { name: "refund", description: "Refunds", examples: REFUND },
  { name: "delivery", description: "Deliveries", examples: PARCEL }
]

it.live(
  "judges a published agent and its draft, and what the draft does better and worse",
  () =>
    Effect.gen(function* () {
      const { key, url } = yield* startServer(true)
      const client = yield* httpClient({ baseUrl: url, apiKey: key })
      const params = yield* Schema.decodeEffect(AgentParams)({
        agentId: (yield* client.access.getWorkspace()).defaultAgentId
      })
      const file = join(yield* folder, "dialogs.jsonl")
      const ask = ["--file", EXAMPLE, "--url", url, "--key", key]
      const example = yield* runEval(parseOptions(ask))
      assert.deepStrictEqual(example, {
        passed: true,
        lines: [
          "published",
          "  completed  100.0 %  4 of 4",
          "  task       100.0 %  1 of 1",
          "  document   100.0 %  2 of 2",
          "  answered   100.0 %  2 of 2",
          "  contains   100.0 %  2 of 2",
          "  excludes   100.0 %  1 of 1",
          "  language   100.0 %  2 of 2",
          "  turns      100.0 %  4 of 4"
        ]
      })

      yield* client.agentVersions.changeAgentDraft({ params, payload: { tasks: TASKS } })
      yield* write(file, [
        { name: "wants money", turns: [{ query: "Can I get a refund for my order?", task: "refund" }] },
        { name: "plain", turns: [{ query: "Can I get a refund, please?", task: null }] },
        {
          name: "wrong",
          turns: [
            {
              query: "How long does a refund take?",
              document: "Shipping",
              contains: ["3 to 5", "by air"],
              excludes: ["working days"],
              language: "fr",
              answered: false
            }
          ]
        }
      ])
      const drafted = ["--file", file, "--url", url, "--key", key, "--agent", params.agentId, "--draft"]
      const half = yield* runEval(parseOptions([...drafted, "--against", "published", "--min-pass", "0.3"]))
      assert.isTrue(half.passed)
      const text = half.lines.join("\n")
      assert.include(text, "draft\n  completed  100.0 %  3 of 3\n  task        50.0 %  1 of 2")
      for (const was of [
        "rests on Refund questions, not on Shipping",
        "lacks by air",
        "has working days",
        "en, not fr"
      ]) {
        assert.include(text, was)
      }
      assert.match(text, /wrong, 1: How long does a refund take\?  \(turn \d+\)/)
      assert.match(
        text,
        /better: 1\n  wants money, 1: task  \(turn \d+\)\nworse: 1\n  plain, 1: task, refund, not none/
      )
      assert.isFalse((yield* runEval(parseOptions([...drafted, "--min-pass", "0.34"]))).passed)
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer)),
  120_000
)

const MAIN = join(import.meta.dirname, "..", "src", "main.ts")

/** The program as it is called: its exit code and all that it has written. */
const runMain = (args: ReadonlyArray<string>) =>
  Effect.promise(
    () =>
      new Promise<{ readonly code: number | null; readonly written: string }>((resolve) => {
        const child = spawn(process.execPath, ["--conditions=@butler/source", MAIN, ...args])
        let written = ""
        child.stdout.on("data", (chunk: Buffer) => (written += chunk.toString()))
        child.stderr.on("data", (chunk: Buffer) => (written += chunk.toString()))
        child.on("close", (code) => resolve({ code, written }))
      })
  )

it.live(
  "starts a server with knowledge and settings of its own, and tells by its exit code",
  () =>
    Effect.gen(function* () {
      const home = yield* folder
      const [file, knowledge, settings] = [join(home, "d.jsonl"), join(home, "k.jsonl"), join(home, "agent.json")]
      const pairs = [{ question: "When are you open?", answer: "Monday to Friday, 9 to 18 h." }]
      yield* write(knowledge, [{ name: "Opening hours", pairs }])
      yield* write(settings, [{ tasks: TASKS }])
      const turn = { query: "When are you open?", document: "Opening hours", contains: ["monday"] }
      yield* write(file, [{ name: "hours", turns: [turn, { query: "Where is my parcel?", task: "delivery" }] }])
      const passing = yield* runMain(["--file", file, "--knowledge", knowledge, "--settings", settings])
      assert.include(passing.written, "turns      100.0 %  2 of 2")
      assert.strictEqual(passing.code, 0)

      yield* write(file, [{ name: "hours", turns: [{ ...turn, document: "Prices" }] }])
      const failing = yield* runMain(["--file", file, "--knowledge", knowledge])
      assert.include(failing.written, "document: rests on Opening hours, not on Prices")
      assert.strictEqual(failing.code, 1)

      yield* write(file, [{ name: "hours", turns: [{ ...turn, documents: "Prices" }] }])
      const refused = yield* runMain(["--file", file])
      assert.include(refused.written, "d.jsonl, line 1: ")
      assert.strictEqual(refused.code, 2)
    }).pipe(Effect.scoped),
  120_000
)
