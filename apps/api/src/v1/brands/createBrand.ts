import type { BrandChangeRequest } from "@butler/contracts"
import { BrandId, Brands, changeBrand, emptyBrand, Ids, type WorkspaceId, Workspaces } from "@butler/domain"
import { Clock, Effect } from "effect"
import { found } from "../found.ts"
import { refuseIssues } from "../webhooks/endpointIssues.ts"
import { judgeBrand } from "./judgeBrand.ts"

const NO_WORKSPACE = refuseIssues([{ path: "workspaceId", message: "is the id of no workspace" }])

/** Makes a workspace a reseller. */
export const createBrand = Effect.fn("createBrand")(function* (
  workspaceId: WorkspaceId,
  name: string,
  content: BrandChangeRequest
) {
  const change = yield* judgeBrand(content)
  yield* Workspaces.use((workspaces) => workspaces.find(workspaceId)).pipe(found(() => NO_WORKSPACE))
  const now = new Date(yield* Clock.currentTimeMillis)
  const id = BrandId.make(yield* Ids.use(({ snowflake }) => snowflake))
  const times = { createdAt: now, updatedAt: now }
  const blank = { id, workspaceId, name, ...emptyBrand, resendApiKey: null, ...times }
  return yield* Brands.use((brands) => brands.create(changeBrand(blank, change)))
})
