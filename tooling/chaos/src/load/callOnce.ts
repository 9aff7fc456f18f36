import { at, parsed, textAt } from "./json.ts"
import type { Acknowledged, Ask, Ledger } from "./Ledger.ts"
import { complete } from "./request.ts"

export type Call = { readonly status: "done"; readonly turn: Acknowledged } | { readonly status: "again" | "failed" }

/** What the service says of a turn that has failed. Anything else behind these statuses may be better next time. */
const FAILURES = new Set(["model_failed", "model_timeout", "internal"])

/** One synchronous or asynchronous request. */
export const callOnce = async (ask: Ask, callback: string, url: string, ledger: Ledger): Promise<Call> => {
  const response = await complete(url, ask, callback)
  const body = parsed(await response.text())
  if (response.status === 200) {
    const [turnId, dialogId] = [textAt(body, "data", "turnId"), textAt(body, "data", "dialogId")]
    const done = at(body, "data", "status") === "completed"
    if (ask.mode === "sync" && !done) return { status: "again" }
    const answer = ask.mode === "sync" ? textAt(body, "data", "messages", 0, "text") : null
    return { status: "done", turn: { ...ask, turnId, dialogId, answer } }
  }
  if (response.status < 500)
    ledger.oddities.push(`"${ask.query}" was refused with ${response.status}: ${JSON.stringify(body)}`)
  return { status: FAILURES.has(textAt(body, "error", "type")) ? "failed" : "again" }
}
