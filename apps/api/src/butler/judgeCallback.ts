import { canonicalHost, Egress, matchesHost } from "@butler/webhooks/egress"
import { Effect } from "effect"
import type { Caller } from "../auth/Caller.ts"
import { Refused } from "../http/Refused.ts"

const refusal = (message: string): Refused =>
  new Refused({
    code: "invalid_request",
    detail: `sendWebhook ${message}`,
    issues: [{ path: "sendWebhook", message }]
  })

/** Whether the caller's turns may call this URL back: by the egress rules, and by the key's own list when it has one. */
export const judgeCallback = Effect.fn("judgeCallback")(function* (
  { callbackHosts }: Pick<Caller, "callbackHosts">,
  sendWebhook: string | null
) {
  if (sendWebhook === null) return
  const url = yield* (yield* Egress).judge(sendWebhook).pipe(Effect.mapError(({ reason }) => refusal(reason)))
  const host = canonicalHost(url.hostname)
  if (callbackHosts !== null && !callbackHosts.some((pattern) => matchesHost(pattern, host))) {
    return yield* refusal(`must not name ${host}: the API key allows callbacks to other hosts only`)
  }
})
