import { Scope } from "@butler/domain"
import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { agentId, apiKeyId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { whole } from "../fields/numbers.ts"
import { page } from "../fields/page.ts"
import { pattern } from "../fields/pattern.ts"
import { text } from "../fields/text.ts"
import { optional } from "../fields/unset.ts"

const fields = {
  id: Schema.String,
  name: Schema.String,
  scopes: Schema.Array(Scope),
  agentId: Schema.NullOr(Schema.String).annotate({
    description: "Who answers its turns, in whatever dialog; null for the workspace's default agent."
  }),
  ratePerMinute: Schema.NullOr(Schema.Int).annotate({
    description: "How many requests a minute it may make, 0 for any number; null for the server's default."
  }),
  callbackHosts: Schema.NullOr(Schema.Array(Schema.String)).annotate({
    description: "The hosts that `sendWebhook` may name; null for any."
  }),
  createdAt: IsoTime,
  expiresAt: Schema.NullOr(IsoTime),
  revokedAt: Schema.NullOr(IsoTime)
}

/** A key as lists show it: without its secret, which is kept nowhere. */
export const ApiKeyResource = Schema.Struct(fields).annotate({
  identifier: "ApiKey",
  description: "A key without its secret, which is kept nowhere."
})
export type ApiKeyResource = typeof ApiKeyResource.Type

/** A key as it is shown once. */
export const CreatedApiKey = Schema.Struct({
  ...fields,
  key: Schema.String.annotate({ description: "The secret. Shown this once and stored nowhere." })
}).annotate({ identifier: "CreatedApiKey", description: "A key as it is shown once." })
export type CreatedApiKey = typeof CreatedApiKey.Type

export const ApiKeyList = page("ApiKeyList", ApiKeyResource)
export type ApiKeyList = typeof ApiKeyList.Type

const scopes = Schema.Array(Scope).check(
  Schema.makeFilter(
    (given: ReadonlyArray<Scope>) => {
      if (given.length === 0) return "must name at least one scope"
      return new Set(given).size === given.length ? undefined : "must not name a scope twice"
    },
    { toJsonSchema: () => ({ minItems: 1, uniqueItems: true }) }
  )
)

const MAX_HOSTS = 50

const callbackHosts = Schema.Array(
  pattern(/^(?:\*\.)?[a-z0-9_][a-z0-9_.-]*$|^\[[0-9a-f:.]+\]$/, 253, "a host name in lower case, or *. and one")
).check(
  Schema.makeFilter(
    (given: ReadonlyArray<string>) => (given.length <= MAX_HOSTS ? undefined : `must name at most ${MAX_HOSTS} hosts`),
    { toJsonSchema: () => ({ maxItems: MAX_HOSTS }) }
  )
)

export const NewApiKey = Schema.Struct({
  name: text(1, 128),
  scopes: optional(scopes, {
    description:
      "What the key may do. Without it: all that the asking key may, except `workspaces:write`. A key grants only scopes it has."
  }),
  agentId: optional(agentId, {
    description:
      "Who answers its turns; without it the asking key's agent, else the workspace's default one. A key that belongs to an agent makes no key to another."
  }),
  ratePerMinute: optional(whole(0, 1_000_000), {
    description:
      "How many requests a minute it may make, 0 for any number; without it as many as the asking key. A key grants no more than it has."
  }),
  callbackHosts: optional(callbackHosts, {
    description:
      "The only hosts that `sendWebhook` may name with this key, `*.example.com` for all names below one; any without it. A key that has a list grants no more than that."
  }),
  expiresAt: optional(IsoTime, { description: "When the key stops working; it never does without." })
}).annotate({ identifier: "NewApiKey" })
export type NewApiKey = typeof NewApiKey.Type
export const decodeNewApiKey = decoder(NewApiKey)

export const ApiKeyParams = Schema.Struct({ id: apiKeyId })
export const decodeApiKeyParams = decoder(ApiKeyParams)
