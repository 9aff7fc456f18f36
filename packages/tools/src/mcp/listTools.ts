import type { Client } from "@modelcontextprotocol/client"
import { Schema } from "effect"
import { judgeTool, type ListedTool } from "./ListedTool.ts"
import type { ToolLimits } from "./toolLimits.ts"

/** What a server offers, and what of it was not to be had, in words for people. */
export interface ToolList {
  readonly tools: ReadonlyArray<ListedTool>
  readonly problems: ReadonlyArray<string>
  /** Tools that are allowed and that it does not have. */
  readonly unknown: ReadonlyArray<string>
}

/** One bad tool does not spoil the others: each is judged by itself. */
const Page = Schema.toStandardSchemaV1(
  Schema.Struct({ tools: Schema.Array(Schema.Unknown), nextCursor: Schema.optionalKey(Schema.String) })
)

/** More is a server that never comes to an end. */
const MAX_PAGES = 50

/** More problems than anybody reads. */
const MAX_PROBLEMS = 20

const allPages = async function* (client: Client, options: { readonly signal: AbortSignal; readonly timeout: number }) {
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const params = cursor === undefined ? {} : { cursor }
    const { nextCursor, tools } = await client.request({ method: "tools/list", params }, Page, options)
    yield* tools
    if (nextCursor === undefined || nextCursor === cursor) return
    cursor = nextCursor
  }
}

const sizeOf = ({ description, inputSchema }: ListedTool): number =>
  description.length + JSON.stringify(inputSchema).length

/** The tools of a server that an agent may have, as far as they are sound and there is room for them. */
export const listTools = async (
  client: Client,
  allow: ReadonlyArray<string> | undefined,
  limits: ToolLimits,
  signal: AbortSignal
): Promise<ToolList> => {
  const tools = new Map<string, ListedTool>()
  const problems: Array<string> = []
  let room = limits.toolCharacters
  let beyond = 0
  for await (const told of allPages(client, { signal, timeout: 2 * limits.listMs })) {
    const tool = judgeTool(told)
    if (typeof tool === "string") {
      if (problems.length < MAX_PROBLEMS) problems.push(tool)
    } else if (allow === undefined || allow.includes(tool.name)) {
      const size = sizeOf(tool)
      if (tools.has(tool.name)) continue
      if (tools.size >= limits.tools || size > room) beyond++
      else {
        tools.set(tool.name, tool)
        room -= size
      }
    }
  }
  const unknown = (allow ?? []).filter((name) => !tools.has(name))
  if (beyond > 0) problems.push(`${beyond} tools were left out: there is no room for so many`)
  if (unknown.length > 0) problems.push(`the server has no such tools: ${unknown.slice(0, MAX_PROBLEMS).join(", ")}`)
  return { tools: [...tools.values()], problems, unknown }
}
