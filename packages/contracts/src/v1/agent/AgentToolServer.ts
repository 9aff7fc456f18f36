import { Schema } from "effect"
import { list } from "../../fields/list.ts"
import { pattern } from "../../fields/pattern.ts"
import { text } from "../../fields/text.ts"
import { optional } from "../../fields/unset.ts"
import { webUrl } from "../../fields/webUrl.ts"

const NAME = "Names it in logs and, where two servers have a tool of one name, in the tool's."
const ALLOW = "The only tools of it that the agent has; all of them with null."
const COMMAND = "The name of a command that the operator of this server has declared."

const stdio = Schema.Struct({ type: Schema.Literal("stdio"), command: text(1, 64).annotate({ description: COMMAND }) })

/** A server of tools as it is shown: of its headers only the names. */
export const AgentToolServerResource = Schema.Struct({
  name: Schema.String.annotate({ description: NAME }),
  transport: Schema.Union([
    Schema.Struct({
      type: Schema.Literal("http"),
      url: Schema.String,
      headerNames: Schema.Array(Schema.String).annotate({ description: "What is sent is never shown." }),
      headersUnreadable: Schema.Boolean.annotate({
        description:
          "Whether they were encrypted with an encryption key that this server does not have: its tools are not to be had until they are set once more."
      })
    }),
    stdio
  ]),
  allow: Schema.NullOr(Schema.Array(Schema.String)).annotate({ description: ALLOW })
}).annotate({ identifier: "AgentToolServer", description: "Whose tools the agent may call, over MCP." })
export type AgentToolServerResource = typeof AgentToolServerResource.Type

const MAX_HEADERS = 20

const headers = Schema.Record(
  Schema.String,
  pattern(/^[\x20-\x7e]*$/, 8192, "printable ASCII", { format: "password" })
).check(
  Schema.makeFilter(
    (given: Readonly<Record<string, string>>) => {
      const names = Object.keys(given)
      if (names.length > MAX_HEADERS) return `must have at most ${MAX_HEADERS} headers`
      const wrong = names.find((name) => !/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}$/.test(name))
      return wrong === undefined ? undefined : { path: [wrong], issue: "must be the name of a header" }
    },
    { toJsonSchema: () => ({ maxProperties: MAX_HEADERS }) }
  )
)

export const AgentToolServerInput = Schema.Struct({
  name: pattern(/^[A-Za-z0-9_-]+$/, 32, "letters, digits, - and _", { description: NAME }),
  transport: Schema.Union([
    Schema.Struct({
      type: Schema.Literal("http"),
      url: webUrl(2048).annotate({
        description: "Speaks MCP over streamable HTTP. It must lead to the public internet."
      }),
      headers: optional(headers, {
        description:
          "Sent with every request; written, never shown. Without them the stored ones stay as long as the server's name and the URL's protocol, host and port do; `{}` takes them away."
      })
    }),
    stdio
  ]),
  allow: optional(list(text(1, 128), 200), { description: ALLOW })
}).annotate({ identifier: "AgentToolServerInput" })
export type AgentToolServerInput = typeof AgentToolServerInput.Type
