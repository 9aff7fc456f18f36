import { type BrandPlace, Ids, type Quotas, WhitelabelUserId, WhitelabelUsers } from "@butler/domain"
import { Effect } from "effect"
import { DEFAULT_AGENT } from "../../bootstrap/defaultAgent.ts"
import { refuseIssues } from "../../v1/webhooks/endpointIssues.ts"

const TAKEN = refuseIssues([{ path: "email", message: "is the address of another user of the brand" }])

/** Makes a user of a brand, which is a workspace of its own. */
export const addWhitelabelUser = Effect.fn("addWhitelabelUser")(function* (
  place: BrandPlace,
  { email, ...quotas }: Quotas & { readonly email: string }
) {
  const ids = yield* Ids
  const user = {
    id: WhitelabelUserId.make(yield* ids.snowflake),
    email,
    quotas,
    workspaceId: yield* ids.workspaceId,
    agent: { id: yield* ids.agentId, name: DEFAULT_AGENT }
  }
  return yield* WhitelabelUsers.use((users) => users.add(place, user)).pipe(
    Effect.catchTag("WhitelabelEmailTaken", () => TAKEN)
  )
})
