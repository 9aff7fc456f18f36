import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { figures } from "./figures.ts"
import { runChaos } from "./runChaos.ts"

const SHOWN = 20

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "120" },
    "log-to": { type: "string" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) }
  }
})
const options = { seconds: Number(values.seconds), seed: Number(values.seed) }
process.stdout.write(`chaos for ${options.seconds} s with --seed ${options.seed}\n`)

const outcome = await runChaos(options)
if (values["log-to"] !== undefined) writeFileSync(values["log-to"], outcome.log)
for (const line of figures(outcome)) process.stdout.write(`${line}\n`)
for (const violation of outcome.violations.slice(0, SHOWN)) process.stderr.write(`${violation}\n`)
process.exitCode = outcome.violations.length === 0 ? 0 : 1
