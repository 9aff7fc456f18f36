import type { Contestant } from "./Contestant.ts"
import { drive, type Load } from "./drive.ts"
import { quantile } from "./statistics.ts"

export interface Side {
  readonly contestant: Contestant
  /** The dialog that a block of turns goes to; none is a mix of new ones. */
  readonly dialogId?: () => Promise<string>
}

const ROUNDS = 8
const TURNS = 200
const WARM_UP = { callers: 8, turns: 4000 }

/** The median latency of sequential turns on either side, in turn, and the errors. */
export const versus = async (
  sides: readonly [Side, Side],
  questions: Load["questions"]
): Promise<{ readonly p50: readonly [number, number]; readonly errors: ReadonlyArray<string> }> => {
  const latencies: readonly [Array<number>, Array<number>] = [[], []]
  const errors: Array<string> = []
  for (const contestant of new Set(sides.map((side) => side.contestant))) {
    await drive(contestant, { ...WARM_UP, questions })
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const place of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const { contestant, dialogId } = sides[place]
      const inDialog = dialogId === undefined ? {} : { dialogId: await dialogId() }
      const block = await drive(contestant, { callers: 1, turns: TURNS, questions, ...inDialog })
      latencies[place].push(...block.latenciesMs)
      errors.push(...block.errors)
    }
  }
  return { p50: [quantile(latencies[0], 0.5), quantile(latencies[1], 0.5)], errors }
}
