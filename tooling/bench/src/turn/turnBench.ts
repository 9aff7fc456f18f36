import { mkdirSync } from "node:fs"
import { cpus } from "node:os"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { asyncTurns } from "./asyncTurns.ts"
import { withBench } from "./Bench.ts"
import { claims } from "./claims.ts"
import { compare } from "./compare.ts"
import { fullDatabase } from "./fullDatabase.ts"
import { longDialog } from "./longDialog.ts"
import { memory } from "./memory.ts"
import { modelTurns } from "./modelTurns.ts"
import { race } from "./race.ts"
import { sitegptFace } from "./sitegptFace.ts"
import { streams } from "./streams.ts"

const flag = { type: "boolean", default: false } as const

const SHOWN_ERRORS = 10

/** `pnpm bench turn`: the comparison and the race, or what the flags ask for. Answers the exit code. */
export const turnBench = async (args: ReadonlyArray<string>): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      all: flag,
      compare: flag,
      race: flag,
      "long-dialog": flag,
      "full-database": flag,
      memory: flag,
      async: flag,
      claims: flag,
      streams: flag,
      model: flag,
      face: { type: "string" },
      rounds: { type: "string", default: "5" },
      "profile-to": { type: "string" }
    }
  })
  const { face, "profile-to": _, rounds: __, ...parts } = values
  if (face !== undefined && face !== "sitegpt")
    throw new Error(`--face ${face}: the one there is to compare is sitegpt`)
  const named = face !== undefined || Object.values(parts).some((asked) => asked)
  const usual = !named || values.all
  const profileTo = values["profile-to"] === undefined ? undefined : resolve(values["profile-to"])
  if (profileTo !== undefined) mkdirSync(profileTo, { recursive: true })
  const comparison = { profileTo, rounds: Number(values.rounds) }
  const errors = await withBench(async (bench) => {
    process.stdout.write(`${bench.description}, ${cpus().length} × ${cpus()[0]?.model ?? "processor"}\n`)
    return [
      ...(usual || values.compare ? await compare(bench, comparison) : []),
      ...(values.all || face === "sitegpt" ? await sitegptFace(bench, comparison) : []),
      ...(usual || values.race ? await race(bench) : []),
      ...(values.all || values["long-dialog"] ? await longDialog(bench) : []),
      ...(values.all || values["full-database"] ? await fullDatabase(bench) : []),
      ...(values.all || values.memory ? await memory(bench) : []),
      ...(values.all || values.async ? await asyncTurns(bench) : []),
      ...(values.all || values.claims ? await claims(bench) : []),
      ...(values.all || values.streams ? await streams(bench) : []),
      ...(values.all || values.model ? await modelTurns(bench, profileTo) : [])
    ]
  })
  for (const error of errors.slice(0, SHOWN_ERRORS)) process.stderr.write(`${error}\n`)
  return errors.length === 0 ? 0 : 1
}
