import { expect, it } from "vitest"
import { figures } from "../src/figures.ts"
import { runChaos } from "../src/runChaos.ts"

const SECONDS = 20

it("keeps every promise while it is killed, stalled and cut off", { timeout: 240_000 }, async () => {
  const outcome = await runChaos({ seconds: SECONDS, seed: 7 })
  process.stdout.write(`${figures(outcome).join("\n")}\n`)
  expect(outcome.violations).toEqual([])
  expect(outcome.exitCodes).toEqual([0, 0, 0, 0, 0])
  // It has been a test: there was load, and something of everything was broken.
  expect(outcome.ledger.acknowledged.length).toBeGreaterThan(20)
  expect(Math.min(...Object.values(outcome.faults))).toBeGreaterThan(0)
})
