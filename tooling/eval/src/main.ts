import { Effect } from "effect"
import { type Options, parseOptions, USAGE } from "./Options.ts"
import { runEval } from "./runEval.ts"

/** Nothing was judged: neither what passes nor what fails. */
const NOT_RUN = 2

const refuse = (reason: string): void => {
  process.stderr.write(`${reason}\n`)
  process.exitCode = NOT_RUN
}

const optionsOf = (args: ReadonlyArray<string>): Options | undefined => {
  try {
    return parseOptions(args)
  } catch (error) {
    refuse(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
    return undefined
  }
}

/** Errors have a message; what a server refuses with is a problem document. */
const inWords = (failure: object): string => (failure instanceof Error ? failure.message : JSON.stringify(failure))

const options = optionsOf(process.argv.slice(2))
if (options !== undefined) {
  const outcome = Effect.match(runEval(options), {
    onSuccess: ({ lines, passed }) => {
      for (const line of lines) process.stdout.write(`${line}\n`)
      process.exitCode = passed ? 0 : 1
    },
    onFailure: (failure) => refuse(inWords(failure))
  })
  await Effect.runPromise(outcome)
}
