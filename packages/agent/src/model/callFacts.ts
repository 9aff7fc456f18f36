import type { AgentTool, ToolResult } from "@butler/domain"
import { Exit } from "effect"
import type { StepFacts } from "../pipeline/Journal.ts"

/** What of arguments and results is kept with the turn's steps. */
const SHOWN = 2_000

export const clipped = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)}… (${text.length - length} characters more)`

/** The same for inputs that say the same, in whatever order. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part
  ) ?? "undefined"

/** What there is to see of a call. */
export const callFacts = (
  { input, kind, name }: Pick<AgentTool, "kind" | "name"> & { readonly input: unknown },
  exit: Exit.Exit<ToolResult>
): StepFacts => {
  const called = { tool: name, kind, arguments: clipped(canonical(input), SHOWN) }
  if (!Exit.isSuccess(exit)) return { detail: called }
  const { content, isError } = exit.value
  return { detail: { ...called, result: clipped(content, SHOWN), isError } }
}
