import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { agentId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page } from "../fields/page.ts"
import { text } from "../fields/text.ts"
import { optional } from "../fields/unset.ts"
import { CreatedApiKey } from "./ApiKeyResource.ts"

const amount = (description: string) =>
  Schema.optionalKey(
    Schema.Finite.check(
      Schema.makeFilter((value: number) => (value >= 0 && value <= 1e12 ? undefined : "must be from 0 to 10^12"), {
        toJsonSchema: () => ({ minimum: 0, maximum: 1e12 })
      })
    ).annotate({ description })
  )

/** The most that models may use. */
export const ModelBudgetResource = Schema.Struct({
  tokens: amount("Of input and output together."),
  cost: amount("In the currency of the models' prices; models without prices cost nothing.")
}).annotate({ identifier: "ModelBudget", description: "The most that models may use: of either, or of both." })

/** A tenant: everything belongs to one. */
export const WorkspaceResource = Schema.Struct({
  id: Schema.String.annotate({ format: "uuid" }),
  name: Schema.String,
  defaultAgentId: Schema.String.annotate({ description: "Who answers where no other agent is named." }),
  modelBudget: Schema.NullOr(ModelBudgetResource).annotate({
    description: "What its agents' models may use in a month of UTC; null for as much as they like."
  }),
  createdAt: IsoTime
}).annotate({ identifier: "Workspace", description: "A tenant: everything belongs to one." })
export type WorkspaceResource = typeof WorkspaceResource.Type

export const ModelUseResource = Schema.Struct({
  calls: Schema.Int,
  inputTokens: Schema.Int,
  outputTokens: Schema.Int,
  cost: Schema.Finite.annotate({ description: "By the prices in the agents' settings." })
}).annotate({ identifier: "ModelUse", description: "What models were asked in this month of UTC." })
export type ModelUseResource = typeof ModelUseResource.Type

export const WorkspaceList = page("WorkspaceList", WorkspaceResource)
export type WorkspaceList = typeof WorkspaceList.Type

export const NewWorkspace = Schema.Struct({ name: text(1, 128) }).annotate({ identifier: "NewWorkspace" })
export type NewWorkspace = typeof NewWorkspace.Type
export const decodeNewWorkspace = decoder(NewWorkspace)

/** A change: what is not sent stays. */
export const WorkspaceChangeRequest = Schema.Struct({
  name: optional(text(1, 128), { description: "For people." }),
  defaultAgentId: optional(agentId, { description: "Who answers where no other agent is named." }),
  modelBudget: Schema.optionalKey(
    Schema.NullOr(ModelBudgetResource).annotate({
      description: "Null takes it away. When it is spent, contacts are told so until the next month."
    })
  )
}).annotate({ identifier: "WorkspaceChange" })
export const decodeWorkspaceChange = decoder(WorkspaceChangeRequest)

export const CreatedWorkspace = Schema.Struct({ workspace: WorkspaceResource, apiKey: CreatedApiKey }).annotate({
  identifier: "CreatedWorkspace",
  description: "A workspace and its first key."
})
export type CreatedWorkspace = typeof CreatedWorkspace.Type
