import { deliveryBench } from "./delivery/deliveryBench.ts"
import { intentsBench } from "./intents/intentsBench.ts"
import { pagingBench } from "./paging/pagingBench.ts"
import { retrievalBench } from "./retrieval/retrievalBench.ts"
import { turnBench } from "./turn/turnBench.ts"

const commands: Readonly<Record<string, (args: ReadonlyArray<string>) => Promise<number>>> = {
  delivery: deliveryBench,
  intents: intentsBench,
  paging: pagingBench,
  retrieval: retrievalBench,
  turn: turnBench
}

const [name = "", ...args] = process.argv.slice(2)
const command = commands[name]
if (command === undefined) {
  process.stderr.write(`usage: pnpm bench ${Object.keys(commands).join("|")} [flags]\n`)
  process.exitCode = 2
} else {
  process.exitCode = await command(args)
}
