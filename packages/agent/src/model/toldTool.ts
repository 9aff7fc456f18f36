import type { AgentTool } from "@butler/domain"
import { Predicate, Record } from "effect"
import { unmarked } from "./untrusted.ts"

/** Where a schema speaks to its reader. Names, and the values to choose from, are to be given back as they are. */
const SPOKEN = new Set(["title", "description", "$comment"])

const toldValue = (value: unknown, key: string | null): unknown => {
  if (typeof value === "string") return key !== null && SPOKEN.has(key) ? unmarked(value) : value
  if (Array.isArray(value)) return value.map((item) => toldValue(item, null))
  return Predicate.isObject(value) ? Record.map(value, toldValue) : value
}

/** A tool as a model is told of it: what a server wrote of its own cannot pass for the end of the tools' list. */
export const toldTool = (tool: AgentTool): AgentTool =>
  tool.kind === "mcp"
    ? { ...tool, description: unmarked(tool.description), inputSchema: Record.map(tool.inputSchema, toldValue) }
    : tool
