import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { agentId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page } from "../fields/page.ts"
import { text } from "../fields/text.ts"
import { optional } from "../fields/unset.ts"
import { CreatedApiKey } from "./ApiKeyResource.ts"

/** A tenant: everything belongs to one. */
export const WorkspaceResource = Schema.Struct({
  id: Schema.String.annotate({ format: "uuid" }),
  name: Schema.String,
  defaultAgentId: Schema.String.annotate({ description: "Who answers where no other agent is named." }),
  createdAt: IsoTime
}).annotate({ identifier: "Workspace", description: "A tenant: everything belongs to one." })
export type WorkspaceResource = typeof WorkspaceResource.Type

export const WorkspaceList = page("WorkspaceList", WorkspaceResource)
export type WorkspaceList = typeof WorkspaceList.Type

export const NewWorkspace = Schema.Struct({ name: text(1, 128) }).annotate({ identifier: "NewWorkspace" })
export type NewWorkspace = typeof NewWorkspace.Type
export const decodeNewWorkspace = decoder(NewWorkspace)

/** A change: what is not sent stays. */
export const WorkspaceChangeRequest = Schema.Struct({
  name: optional(text(1, 128), { description: "For people." }),
  defaultAgentId: optional(agentId, { description: "Who answers where no other agent is named." })
}).annotate({ identifier: "WorkspaceChange" })
export const decodeWorkspaceChange = decoder(WorkspaceChangeRequest)

export const CreatedWorkspace = Schema.Struct({ workspace: WorkspaceResource, apiKey: CreatedApiKey }).annotate({
  identifier: "CreatedWorkspace",
  description: "A workspace and its first key."
})
export type CreatedWorkspace = typeof CreatedWorkspace.Type
