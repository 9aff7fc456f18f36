import type { ModelTool } from "@butler/domain"
import { isJsonObject, type JsonObject } from "../schema/jsonObject.ts"
import { schemaFlaw } from "../schema/schemaFlaw.ts"
import { plainText } from "./plainText.ts"

/** A tool as its server tells of it, found sound; `name` is the server's. */
export interface ListedTool extends ModelTool {
  readonly outputSchema: JsonObject | null
}

/** Far above any honest description: what a model is told with each call is paid for with each call. */
const MAX_DESCRIPTION = 16_000

/** The names that MCP allows, in whatever script. */
const NAME = /^[\p{L}\p{M}\p{N}_./-]{1,128}$/u

const shown = (name: unknown): string =>
  typeof name === "string" ? JSON.stringify(name.slice(0, 40)) : "without a name"

/** The tool, or what is wrong with it in words. */
export const judgeTool = (told: unknown): ListedTool | string => {
  if (!isJsonObject(told)) return "something that is no tool was left out"
  const { description = "", inputSchema, name, outputSchema } = told
  const leftOut = (why: string): string => `the tool ${shown(name)} was left out: ${why}`
  if (typeof name !== "string" || !NAME.test(name)) return leftOut("its name is not one that tools may have")
  if (typeof description !== "string") return leftOut("its description is no text")
  if (description.length > MAX_DESCRIPTION) return leftOut("its description is too long")
  const flaw = schemaFlaw(inputSchema)
  if (flaw !== null || !isJsonObject(inputSchema)) return leftOut(`its input schema ${flaw}`)
  if (inputSchema["type"] !== "object") return leftOut("its input schema is not of type object")
  const outFlaw = outputSchema === undefined ? null : schemaFlaw(outputSchema)
  if (outFlaw !== null) return leftOut(`its output schema ${outFlaw}`)
  return {
    name,
    description: plainText(description),
    inputSchema,
    outputSchema: isJsonObject(outputSchema) ? outputSchema : null
  }
}
