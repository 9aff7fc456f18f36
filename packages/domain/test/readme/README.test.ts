import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"

const here = import.meta.dirname

const execute = promisify(execFile)

/** What Node prints when it runs this. */
const node = (...args: ReadonlyArray<string>) =>
  Effect.promise((signal) => execute(process.execPath, args, { signal })).pipe(Effect.map(({ stdout }) => stdout))

const TSC = join(here, "../../node_modules/typescript/bin/tsc")

const tsconfig = { extends: "../../../tsconfig.json", include: ["./example.ts"] }

/** The fenced blocks of a language, in order. */
const blocks = (markdown: string, language: string): ReadonlyArray<string> =>
  Array.from(markdown.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms")), ([, block]) => block ?? "")

/** Inside the package, so that it finds itself by its own name. */
const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(here, ".example-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true }))
)

it.effect("the example type-checks, runs as it stands and prints what it says", () =>
  Effect.gen(function* () {
    const markdown = yield* Effect.promise(() => readFile(join(here, "../../README.md"), "utf8"))
    const [example = ""] = blocks(markdown, "ts")
    const [output = ""] = blocks(markdown, "text")
    assert.include(example, "@butler/domain")
    const path = yield* folder
    const file = join(path, "example.ts")
    yield* Effect.promise(() => writeFile(file, example))
    yield* Effect.promise(() => writeFile(join(path, "tsconfig.json"), JSON.stringify(tsconfig)))
    const results = yield* Effect.all([node(TSC, "--noEmit", "-p", path), node("--conditions=@butler/source", file)], {
      concurrency: "unbounded"
    })
    assert.deepStrictEqual(results, ["", output])
  })
)
