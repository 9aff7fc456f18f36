import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { workspaceId } from "../fields/ids.ts"

export const CheckedTool = Schema.Struct({
  name: Schema.String.annotate({ description: "What the agent calls it." }),
  description: Schema.String,
  server: Schema.NullOr(Schema.String).annotate({ description: "Whose it is; null for one of Butler's own." })
}).annotate({ identifier: "CheckedTool" })

export const CheckedServer = Schema.Struct({
  name: Schema.String,
  error: Schema.NullOr(Schema.String).annotate({
    description: "Why none of its tools is to be had; null where it answered."
  }),
  problems: Schema.Array(Schema.String).annotate({ description: "What of it was left out, and why." }),
  unknown: Schema.Array(Schema.String).annotate({ description: "What `allow` names and the server does not have." })
}).annotate({ identifier: "CheckedServer" })

export const AgentToolsResource = Schema.Struct({
  tools: Schema.Array(CheckedTool),
  servers: Schema.Array(CheckedServer)
}).annotate({ identifier: "AgentTools", description: "What an agent may call, and how its servers answered." })
export type AgentToolsResource = typeof AgentToolsResource.Type

/** As RFC 7517 has it. */
export const IdentityKeySet = Schema.Struct({
  keys: Schema.Array(
    Schema.Struct({
      kty: Schema.Literal("OKP"),
      crv: Schema.Literal("Ed25519"),
      x: Schema.String,
      kid: Schema.String,
      use: Schema.Literal("sig"),
      alg: Schema.Literal("EdDSA")
    })
  )
}).annotate({ identifier: "IdentityKeySet", description: "A JSON Web Key Set." })
export type IdentityKeySet = typeof IdentityKeySet.Type

export const WorkspaceParams = Schema.Struct({ workspaceId })
export const decodeWorkspaceParams = decoder(WorkspaceParams)
