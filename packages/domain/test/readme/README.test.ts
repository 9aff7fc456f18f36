import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"

const here = import.meta.dirname
const EXAMPLE = join(here, "example.ts")

const execute = promisify(execFile)

const read = (file: string) => Effect.promise(() => readFile(file, "utf8"))

/** What Node prints when it runs this. */
const node = (...args: ReadonlyArray<string>) =>
  Effect.promise((signal) => execute(process.execPath, args, { signal })).pipe(Effect.map(({ stdout }) => stdout))

/** The first fenced block of a language. */
const block = (markdown: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(markdown)?.[1] ?? ""

it.effect("the example is the one whose types are checked, runs as it stands and prints what it says", () =>
  Effect.gen(function* () {
    const markdown = yield* read(join(here, "../../README.md"))
    const example = yield* read(EXAMPLE)
    assert.include(example, "@butler/domain")
    assert.strictEqual(block(markdown, "ts"), example)
    assert.strictEqual(yield* node("--conditions=@butler/source", EXAMPLE), block(markdown, "text"))
  })
)
