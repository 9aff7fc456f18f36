import { setTimeout as sleep } from "node:timers/promises"
import { startModelServer } from "@butler/testing"
import { Pool } from "undici"
import type { Bench } from "./Bench.ts"
import { cpuMs, residentMb } from "./processes.ts"
import { readStream, type StreamedEvent } from "./readStream.ts"
import type { StartWithModel } from "./streams.ts"
import { sum } from "./statistics.ts"
import { printTable, progress } from "./table.ts"

const STREAMS = 1000
const OPENING_AT_ONCE = 50
const HELD_MS = 15_000

/** A model that says nothing for half a minute counts as stuck: while streams are held it says something now and then. */
const SIGNS_OF_LIFE = 12
const SIGN_EVERY_MS = 5000

/** All within a second once the streams are let go on. */
const WORDS = 20
const WORD_EVERY_MS = 50
const PATIENCE_MS = 60_000

const textOf = (events: ReadonlyArray<StreamedEvent>): string =>
  events.map(({ data, event }) => (event === "delta" ? String(JSON.parse(data).text) : "")).join("")

/** What is wrong with a stream, if anything. */
const faultOf = (events: ReadonlyArray<StreamedEvent>, answer: string): string | undefined => {
  if (events.some(({ id }, index) => id !== index + 1)) return `ids ${events.map(({ id }) => id).join()}`
  if (events.at(-1)?.event !== "turn.completed") return `ended with ${events.at(-1)?.event ?? "nothing"}`
  const text = textOf(events)
  return text === answer ? undefined : `told ${JSON.stringify(text)}`
}

/** A thousand streams of one process, held open in the middle of their answers and then let go on. Answers the errors. */
export const openStreams = async (
  start: StartWithModel,
  questions: Bench["questions"]
): Promise<ReadonlyArray<string>> => {
  const signs = Array.from({ length: SIGNS_OF_LIFE }, () => Promise.withResolvers<void>())
  let given = 0
  const clock = setInterval(() => signs[given++]?.resolve(), SIGN_EVERY_MS)
  const letGo = () => signs.forEach(({ resolve }) => resolve())
  const chunks = [
    { text: "Now:" },
    ...signs.map(({ promise }) => ({ text: " …", after: promise })),
    ...Array.from({ length: WORDS }, (_, index) => ({ text: ` word ${index + 1}`, afterMs: WORD_EVERY_MS }))
  ]
  const model = await startModelServer([{ kind: "chunks", chunks }], { record: false })
  const api = await start(model.url)
  const pool = new Pool(api.url, { connections: STREAMS, pipelining: 1, bodyTimeout: PATIENCE_MS })
  const received = Array.from({ length: STREAMS }, (): Array<StreamedEvent> => [])
  const errors: Array<string> = []
  const spent = () => ({ cpu: cpuMs(api.pid), at: performance.now() })
  const share = (from: ReturnType<typeof spent>, to: ReturnType<typeof spent>) =>
    ((to.cpu - from.cpu) / (to.at - from.at)) * 100
  try {
    const resident = { before: residentMb(api.pid), held: 0, after: 0 }
    progress(`opening ${STREAMS} streams`)
    const begun = spent()
    const ended: Array<Promise<void>> = []
    const open = (number: number): Promise<void> =>
      new Promise((resolve) => {
        const end = readStream(pool, api.key, questions[number % questions.length] ?? "?", (event) => {
          received[number]?.push(event)
          if (event.event === "delta") resolve()
        }).catch((error: unknown) => void errors.push(String(error)))
        ended.push(end)
        void end.then(resolve)
      })
    let next = 0
    const opener = async () => {
      for (let number = next++; number < STREAMS; number = next++) await open(number)
    }
    await Promise.all(Array.from({ length: OPENING_AT_ONCE }, opener))
    const opened = spent()
    progress(`holding ${model.open()} answers of the model for ${HELD_MS / 1000} s`)
    await sleep(HELD_MS)
    const held = spent()
    resident.held = residentMb(api.pid)
    letGo()
    const deadline = new AbortController()
    await Promise.race([
      Promise.all(ended),
      sleep(PATIENCE_MS, undefined, { signal: deadline.signal, ref: false }).catch(() => {})
    ])
    deadline.abort()
    const done = spent()
    resident.after = residentMb(api.pid)
    const answer = chunks.map(({ text }) => text).join("")
    errors.push(
      ...received.flatMap((events, number) => {
        const fault = faultOf(events, answer)
        return fault === undefined ? [] : [`stream ${number}: ${fault}`]
      })
    )
    printTable(
      `${STREAMS} open streams on one process`,
      ["before", "value"],
      [
        { name: "events received", value: sum(received.map(({ length }) => length)) },
        {
          name: "streams with a gap, a loss or no end",
          value: errors.length,
          bound: { of: "value", at: "most", limit: 0 }
        },
        { name: "seconds to open all", value: (opened.at - begun.at) / 1000 },
        { name: "seconds from letting go to the last end", value: (done.at - held.at) / 1000 },
        { name: "CPU while held, % of a core", value: share(opened, held) },
        { name: "CPU while telling, % of a core", value: share(held, done) },
        { name: "resident memory held, MB", baseline: resident.before, value: resident.held },
        { name: "resident memory after, MB", baseline: resident.before, value: resident.after }
      ]
    )
    return errors
  } finally {
    clearInterval(clock)
    letGo()
    await pool.destroy()
    await Promise.all([api.stop(), model.stop()])
  }
}
