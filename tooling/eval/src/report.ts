import { type Check, CHECKS } from "./judge.ts"
import type { Judged, Side } from "./replay.ts"

const share = (passed: number, all: number): string =>
  all === 0 ? "" : `${((100 * passed) / all).toFixed(1).padStart(5)} %  ${passed} of ${all}`

const isPassed = ({ checks }: Judged): boolean => checks.every(({ passed }) => passed)

/** The share of turns that are as expected in every respect. */
export const passRate = (judged: ReadonlyArray<Judged>): number => judged.filter(isPassed).length / judged.length

const SHOWN = 160

const shortened = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)

const failure = ({ checks, place, query, reply, turnId }: Judged): ReadonlyArray<string> => [
  `  ${place}: ${shortened(query)}  (turn ${turnId})`,
  ...checks.filter(({ passed }) => !passed).map(({ name, was }) => `    ${name}: ${was}`),
  `    said: ${shortened(reply.replaceAll("\n", " "))}`
]

/** How an agent fared, by check, with whatever went wrong. */
export const report = (side: Side, judged: ReadonlyArray<Judged>): ReadonlyArray<string> => {
  const checks = judged.flatMap((turn) => turn.checks)
  const rates = CHECKS.flatMap((check) => {
    const those = checks.filter(({ name }) => name === check)
    const passed = those.filter((each) => each.passed)
    return those.length === 0 ? [] : [`  ${check.padEnd(10)} ${share(passed.length, those.length)}`]
  })
  const failed = judged.filter((turn) => !isPassed(turn))
  return [
    side,
    ...rates,
    `  ${"turns".padEnd(10)} ${share(judged.length - failed.length, judged.length)}`,
    ...(failed.length === 0 ? [] : ["failed", ...failed.flatMap(failure)])
  ]
}

const turned = (place: string, turnId: string, check: Check): string =>
  `  ${place}: ${check.name}${check.passed ? "" : `, ${check.was}`}  (turn ${turnId})`

/** What one side does better or worse than the other, check by check: both were asked the same in the same order. */
export const comparison = (judged: ReadonlyArray<Judged>, against: ReadonlyArray<Judged>): ReadonlyArray<string> => {
  const changed = judged.flatMap(({ checks, place, turnId }, turn) =>
    checks
      .filter(({ passed }, index) => against[turn]?.checks[index]?.passed !== passed)
      .map((check) => ({ better: check.passed, line: turned(place, turnId, check) }))
  )
  const better = changed.filter((each) => each.better).map(({ line }) => line)
  const worse = changed.filter((each) => !each.better).map(({ line }) => line)
  return [`better: ${better.length}`, ...better, `worse: ${worse.length}`, ...worse]
}
