/** Holds the directory it is given until its stdin closes. */
import { Effect } from "effect"
import { holdDataDirectory } from "../../../src/database/pglite/DataDirectory.ts"

const waiting = Effect.callback<void>((resume) => {
  process.stdin.on("close", () => resume(Effect.void)).resume()
  process.stdout.write("held\n")
})

await Effect.runPromise(Effect.scoped(Effect.andThen(holdDataDirectory(process.argv[2] ?? ""), waiting)))
