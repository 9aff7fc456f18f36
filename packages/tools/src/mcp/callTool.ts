import { isNestedDeeper, type ToolResult } from "@butler/domain"
import { type CallToolResult, type Client, ProtocolError, SdkHttpError } from "@modelcontextprotocol/client"
import { Effect } from "effect"
import { isJsonObject } from "../schema/jsonObject.ts"
import { mismatch } from "../schema/mismatch.ts"
import { faultOf } from "./answerFault.ts"
import type { ListedTool } from "./ListedTool.ts"
import type { OpenClient } from "./openClient.ts"
import { cut, plainText } from "./plainText.ts"
import { ServerFailed } from "./ServerFailed.ts"
import { serverFailure } from "./serverFailure.ts"
import { resultText } from "./resultText.ts"
import type { ToolLimits } from "./toolLimits.ts"

/** The header, and the field of a call's `_meta`, in which the contact's identity goes along. */
export const IDENTITY_HEADER = "x-butler-identity"
export const IDENTITY_META = "butler/identity"

export interface McpCall {
  readonly tool: ListedTool
  readonly input: unknown
  /** The signed claim of whom the call is made for; null where there is none to make. */
  readonly identity: string | null
}

const asked = async (
  client: Client,
  { identity, tool }: McpCall,
  input: Record<string, unknown>,
  limits: ToolLimits,
  signal: AbortSignal
): Promise<CallToolResult> => {
  const params = { name: tool.name, arguments: input }
  const options = {
    signal,
    // Ours runs out before.
    timeout: 2 * limits.callMs,
    toolDefinition: { name: tool.name, inputSchema: { ...tool.inputSchema, type: "object" as const } }
  }
  return identity === null
    ? client.callTool(params, options)
    : client.callTool(
        { ...params, _meta: { [IDENTITY_META]: identity } },
        { ...options, headers: { [IDENTITY_HEADER]: identity } }
      )
}

/** A server's own refusal of a call is its answer, told to the model: an unknown tool, a wrong argument. */
const refusal = (error: unknown, most: number): ToolResult | null =>
  error instanceof ProtocolError && faultOf(error.code) === null
    ? { content: cut(plainText(error.message), most), isError: true }
    : null

/** No honest answer has so many levels. */
const MAX_LEVELS = 200

const lie = ({ outputSchema }: ListedTool, { isError, structuredContent }: CallToolResult): string | null => {
  if (isNestedDeeper(structuredContent, MAX_LEVELS)) return "it is nested too deeply"
  if (outputSchema === null || isError === true) return null
  if (structuredContent === undefined) return "it has no structured content"
  return mismatch(structuredContent, outputSchema)
}

/** A session that a server has forgotten: nothing was done, and a new one may be begun. */
const isForgotten = (error: unknown): boolean =>
  error instanceof SdkHttpError && (error.status === 404 || error.status === 400)

/** Calls a tool once; null where the server does not know the session any more, and so has done nothing. */
export const callTool = Effect.fnUntraced(function* (
  { client, hasSession }: OpenClient,
  call: McpCall,
  limits: ToolLimits
) {
  const { input } = call
  if (!isJsonObject(input)) {
    return yield* new ServerFailed({ reason: "invalid_input", detail: "the input must be an object" })
  }
  const most = limits.resultCharacters
  const answer = yield* Effect.result(Effect.tryPromise((signal) => asked(client, call, { ...input }, limits, signal)))
  if (answer._tag === "Failure") {
    const { cause } = answer.failure
    if (hasSession() && isForgotten(cause)) return null
    return refusal(cause, most) ?? (yield* serverFailure(cause))
  }
  const wrong = lie(call.tool, answer.success)
  if (wrong !== null) {
    const detail = `the answer is not what the tool's output schema promises: ${wrong}`
    return yield* new ServerFailed({ reason: "invalid_answer", detail: detail.slice(0, 500) })
  }
  const result: ToolResult = {
    content: resultText(answer.success, most),
    isError: answer.success.isError === true
  }
  return result
})
