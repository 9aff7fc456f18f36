import { Schema, Struct } from "effect"
import { CompletionRequest, queryOrFiles } from "../butler/CompletionRequest.ts"
import { abides, decoder } from "../fields/decoder.ts"
import { agentId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { whole, wholeFromString } from "../fields/numbers.ts"
import { page, pageQuery } from "../fields/page.ts"
import { text } from "../fields/text.ts"
import { optional, orElse } from "../fields/unset.ts"
import { agentSettingsFields } from "./agent/AgentSettingsResource.ts"

const LARGEST = 2_147_483_647

/** An agent as it is drafted. */
export const AgentDraftResource = Schema.Struct({
  name: Schema.String,
  ...agentSettingsFields,
  publishedVersion: Schema.Int.annotate({ description: "What turns see until the draft is published." }),
  changed: Schema.Boolean.annotate({ description: "Whether anything is drafted; the draft is as published otherwise." })
}).annotate({ identifier: "AgentDraft", description: "An agent as it is drafted." })
export type AgentDraftResource = typeof AgentDraftResource.Type

const publication = {
  version: Schema.Int,
  name: Schema.String,
  note: Schema.NullOr(Schema.String).annotate({ description: "Why, in the words of whoever published it." }),
  publishedBy: Schema.NullOr(Schema.String).annotate({ description: "The id of the API key; null where none did." }),
  publishedAt: IsoTime
}

export const AgentVersionSummary = Schema.Struct(publication).annotate({ identifier: "AgentVersionSummary" })

/** What was published once. */
export const AgentVersionResource = Schema.Struct({ ...publication, ...agentSettingsFields }).annotate({
  identifier: "AgentVersion",
  description: "What was published once; it never changes."
})
export type AgentVersionResource = typeof AgentVersionResource.Type

export const AgentVersionPage = page("AgentVersionPage", AgentVersionSummary)
export type AgentVersionPage = typeof AgentVersionPage.Type

export const AgentVersionListQuery = Schema.Struct(pageQuery)
export type AgentVersionListQuery = typeof AgentVersionListQuery.Type
export const decodeAgentVersionListQuery = decoder(AgentVersionListQuery)

const note = optional(text(1, 500), { description: "Why; kept with the version." })

export const AgentPublication = Schema.Struct({ note }).annotate({ identifier: "AgentPublication" })
export const decodeAgentPublication = decoder(AgentPublication)

export const AgentRollback = Schema.Struct({
  version: whole(1, LARGEST).annotate({ description: "What is to be published once more." }),
  note
}).annotate({ identifier: "AgentRollback" })
export const decodeAgentRollback = decoder(AgentRollback)

export const AgentVersionParams = Schema.Struct({
  agentId,
  version: wholeFromString(1, LARGEST, { description: "The number of a version." })
})
export const decodeAgentVersionParams = decoder(AgentVersionParams)

/** A message for one agent. */
export const AgentTurnRequest = Schema.Struct({
  ...Struct.pick(CompletionRequest.fields, ["query", "dialogId", "userId", "files", "ifMissing", "waitMs"]),
  draft: orElse(Schema.Boolean, false, {
    description: "Whether it is to answer as it is drafted; as it is published where nothing is."
  })
})
  .check(abides(queryOrFiles))
  .annotate({ identifier: "AgentTurn" })
export type AgentTurnRequest = typeof AgentTurnRequest.Type
export const decodeAgentTurn = decoder(AgentTurnRequest, queryOrFiles)
