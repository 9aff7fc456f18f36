import {
  decodeChatbotParams,
  decodeFollowUpPromptParams,
  decodePersonaParams,
  decodePromptParams,
  decodeThreadParams,
  type ErrorCode
} from "@butler/contracts"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { refuse } from "../http/Refused.ts"

/** Whose chatbot a call names. An id of another form is one that does not exist. */
export const chatbotOfRequest = Effect.fnUntraced(function* (request: FastifyRequest) {
  const { workspaceId } = callerOf(request)
  const { chatbotId } = yield* Effect.mapError(decodeChatbotParams(request.params), () => refuse("chatbot_not_found"))
  return { workspaceId, chatbotId }
})

const entryOf = <Params extends { readonly chatbotId: unknown }, E>(
  decode: (params: unknown) => Effect.Effect<Params, E>,
  missing: ErrorCode
) =>
  Effect.fnUntraced(function* (request: FastifyRequest) {
    const chatbot = yield* chatbotOfRequest(request)
    const params = yield* Effect.mapError(decode(request.params), () => refuse(missing))
    return { ...params, ...chatbot }
  })

export const threadOfRequest = entryOf(decodeThreadParams, "thread_not_found")
export const quickPromptOfRequest = entryOf(decodePromptParams, "quick_prompt_not_found")
export const promptOfRequest = entryOf(decodePromptParams, "prompt_not_found")
export const personaOfRequest = entryOf(decodePersonaParams, "persona_not_found")
export const followUpPromptOfRequest = entryOf(decodeFollowUpPromptParams, "follow_up_prompt_not_found")
