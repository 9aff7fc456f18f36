import { setTimeout as sleep } from "node:timers/promises"
import { at, textAt } from "./json.ts"
import type { Acknowledged, Ask, Ledger } from "./Ledger.ts"
import { type StreamEvent, readEvents } from "./readEvents.ts"
import { complete, follow } from "./request.ts"

const RESUME_MS = 100

/** What a streaming caller knows, however often it was cut off. */
interface Reading {
  lastId: number
  turnId: string
  dialogId: string
  /** The deltas since the turn was started last. */
  text: string
  answer: string | null
  end: "completed" | "failed" | null
}

const take = (reading: Reading, { data, event, id }: StreamEvent, ledger: Ledger): void => {
  if (id !== reading.lastId + 1)
    ledger.oddities.push(`turn ${reading.turnId}: event ${id} came after ${reading.lastId}`)
  reading.lastId = id
  if (event === "turn.accepted") {
    reading.turnId = textAt(data, "turnId")
    reading.dialogId = textAt(data, "dialogId")
  }
  if (event === "delta") reading.text += textAt(data, "text")
  if (event === "turn.restarted") reading.text = ""
  if (event === "message") reading.answer = textAt(data, "text")
  if (event === "turn.completed") reading.end = at(data, "data", "status") === "completed" ? "completed" : "failed"
  if (event === "turn.failed") reading.end = "failed"
}

export type StreamCall =
  | { readonly status: "done"; readonly turn: Acknowledged }
  | { readonly status: "again" | "failed" }

/** Reads a turn's stream to its end; whoever was cut off after the first event goes on behind the last one, anywhere. */
export const callStream = async (
  ask: Ask,
  callback: string,
  anyApi: () => string,
  ledger: Ledger,
  deadline: number
): Promise<StreamCall> => {
  const reading: Reading = { lastId: 0, turnId: "", dialogId: "", text: "", answer: null, end: null }
  while (reading.end === null && performance.now() < deadline) {
    try {
      const response =
        reading.turnId === ""
          ? await complete(anyApi(), ask, callback)
          : await follow(anyApi(), reading.turnId, reading.lastId)
      if (!response.ok && reading.turnId === "") return { status: "again" }
      if (response.ok) for await (const event of readEvents(response)) take(reading, event, ledger)
    } catch {
      if (reading.turnId === "") return { status: "again" }
    }
    if (reading.end !== null) break
    ledger.resumed++
    await sleep(RESUME_MS)
  }
  if (reading.end === null) return { status: "again" }
  if (reading.end === "failed") return { status: "failed" }
  if (reading.text !== reading.answer) {
    ledger.oddities.push(`turn ${reading.turnId}: streamed "${reading.text}" and then said "${reading.answer}"`)
  }
  return {
    status: "done",
    turn: { ...ask, turnId: reading.turnId, dialogId: reading.dialogId, answer: reading.answer }
  }
}
