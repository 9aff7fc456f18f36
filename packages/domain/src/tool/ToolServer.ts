import { Schema } from "effect"

/** Where a server of tools is, and as whom it is spoken to. */
export const ToolServerTransport = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("http"),
    /** Speaks MCP over streamable HTTP. */
    url: Schema.String,
    headers: Schema.optionalKey(Schema.Record(Schema.String, Schema.RedactedFromValue(Schema.String)))
  }),
  Schema.Struct({
    type: Schema.Literal("stdio"),
    /** The name of a command that the operator has declared: a workspace never says what is run. */
    command: Schema.String
  })
])
export type ToolServerTransport = typeof ToolServerTransport.Type

/** A server whose tools an agent may call, by way of the Model Context Protocol. */
export const ToolServer = Schema.Struct({
  /** Names it in logs and, where two servers have a tool of one name, in the tool's. */
  name: Schema.String,
  transport: ToolServerTransport,
  /** The only tools of it that the agent has; all of them without it. */
  allow: Schema.optionalKey(Schema.Array(Schema.String))
})
export type ToolServer = typeof ToolServer.Type

/** The tools that Butler has itself. */
export const InternalTool = Schema.Literals(["collect_details", "hand_over", "resolve", "search_knowledge"])
export type InternalTool = typeof InternalTool.Type
