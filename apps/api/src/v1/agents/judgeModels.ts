import { endpointOf, isListed, listModels } from "@butler/agent"
import { type Agent, type AgentChange, type AgentModel, changeAgent, isUnreadable } from "@butler/domain"
import { Egress } from "@butler/webhooks/egress"
import { Effect } from "effect"
import { AppConfig } from "../../config.ts"
import { Refused } from "../../http/Refused.ts"

/** What is called there is a deployment, which has a name of its own, and is not what is listed. */
const OWN_NAMES = /\.azure\.com$/u

const isKnown = Effect.fnUntraced(function* (wanted: AgentModel) {
  const endpoint = endpointOf(wanted, (yield* AppConfig).model)
  if (isUnreadable(endpoint.apiKey) || OWN_NAMES.test(new URL(endpoint.url).hostname)) return true
  const models = yield* listModels(endpoint, (yield* Egress).dispatcher)
  return models.length === 0 || isListed(wanted.model, models)
})

/** Refuses a change to a model that its endpoint does not have. One that does not say what it has is taken at the caller's word. */
export const judgeModels = Effect.fn("judgeModels")(function* <E, R>(
  change: AgentChange,
  agent: Effect.Effect<Agent, E, R>
): Effect.fn.Return<void, E | Refused, R | AppConfig | Egress> {
  const changed = (["model", "fallbackModel"] as const).filter((field) => change[field])
  if (changed.length === 0) return
  const { settings = {} } = changeAgent(yield* agent, change)
  for (const field of changed) {
    const wanted = settings[field]
    if (wanted === undefined || (yield* isKnown(wanted))) continue
    const path = `${field}.model`
    const message = "is no model that the endpoint has"
    return yield* new Refused({ code: "invalid_request", detail: `${path} ${message}`, issues: [{ path, message }] })
  }
})
