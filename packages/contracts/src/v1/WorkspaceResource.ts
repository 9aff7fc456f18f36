import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page } from "../fields/page.ts"
import { text } from "../fields/text.ts"
import { CreatedApiKey } from "./ApiKeyResource.ts"

/** A tenant: everything belongs to one. */
export const WorkspaceResource = Schema.Struct({
  id: Schema.String.annotate({ format: "uuid" }),
  name: Schema.String,
  createdAt: IsoTime
}).annotate({ identifier: "Workspace", description: "A tenant: everything belongs to one." })
export type WorkspaceResource = typeof WorkspaceResource.Type

export const WorkspaceList = page("WorkspaceList", WorkspaceResource)
export type WorkspaceList = typeof WorkspaceList.Type

export const NewWorkspace = Schema.Struct({ name: text(1, 128) }).annotate({ identifier: "NewWorkspace" })
export type NewWorkspace = typeof NewWorkspace.Type
export const decodeNewWorkspace = decoder(NewWorkspace)

export const CreatedWorkspace = Schema.Struct({ workspace: WorkspaceResource, apiKey: CreatedApiKey }).annotate({
  identifier: "CreatedWorkspace",
  description: "A workspace and its first key."
})
export type CreatedWorkspace = typeof CreatedWorkspace.Type
