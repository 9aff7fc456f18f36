import { canonicalHost, Egress, matchesHost } from "@butler/webhooks/egress"
import { Effect } from "effect"
import type { Caller } from "../auth/Caller.ts"
import { Refused } from "../http/Refused.ts"

/**
 * Whether the caller's turns may call this URL back, which stands in `field`: by the egress rules, and by the key's own list
 * when it has one.
 */
export const judgeCallback = Effect.fn("judgeCallback")(function* (
  { callbackHosts }: Pick<Caller, "callbackHosts">,
  callback: string | null,
  field = "sendWebhook"
) {
  if (callback === null) return
  const refusal = (message: string): Refused =>
    new Refused({ code: "invalid_request", detail: `${field} ${message}`, issues: [{ path: field, message }] })
  const url = yield* (yield* Egress).judge(callback).pipe(Effect.mapError(({ reason }) => refusal(reason)))
  const host = canonicalHost(url.hostname)
  if (callbackHosts !== null && !callbackHosts.some((pattern) => matchesHost(pattern, host))) {
    return yield* refusal(`must not name ${host}: the API key allows callbacks to other hosts only`)
  }
})
