import type { ErrorCode } from "@butler/contracts"
import type {
  BrandNotFound,
  ChatbotEntryNotFound,
  ChatbotLimitReached,
  ChatbotList,
  ChatbotNotFound,
  LinksLimitReached,
  ThreadMessageNotFound,
  ThreadNotFound,
  TooManyEntries,
  TurnNotFound,
  TurnRefused,
  WhitelabelUserNotFound
} from "@butler/domain"
import { Schema } from "effect"
import type { TurnFailed } from "../turn/TurnFailed.ts"
import { refuse, refuseInput, Refused } from "../http/Refused.ts"

type DomainFailure =
  | BrandNotFound
  | ChatbotEntryNotFound
  | ChatbotLimitReached
  | LinksLimitReached
  | ChatbotNotFound
  | ThreadMessageNotFound
  | ThreadNotFound
  | TooManyEntries
  | TurnNotFound
  | TurnRefused
  | WhitelabelUserNotFound

/** What can go wrong on this face. */
export type SitegptFailure = DomainFailure | TurnFailed | Refused | Schema.SchemaError

const entryCode: Record<ChatbotList, ErrorCode> = {
  quickPrompts: "quick_prompt_not_found",
  followUpPrompts: "follow_up_prompt_not_found",
  prompts: "prompt_not_found",
  personas: "persona_not_found"
}

/** A model's failure is told apart from a breakdown of ours. */
const turnCode: Readonly<Record<string, ErrorCode>> = { model_failed: "model_failed", model_timeout: "model_timeout" }

/** Every failure of this face as the refusal it is answered with. */
export const sitegptRefusal = (failure: SitegptFailure): Refused => {
  if (failure instanceof Refused) return failure
  if (failure instanceof Schema.SchemaError) return refuseInput(failure)
  switch (failure._tag) {
    case "AgentNotFound":
    case "ChatbotNotFound":
      return refuse("chatbot_not_found")
    case "DialogNotFound":
    case "ThreadNotFound":
      return refuse("thread_not_found")
    case "ThreadMessageNotFound":
      return refuse("message_not_found")
    case "ChatbotEntryNotFound":
      return refuse(entryCode[failure.list])
    case "BrandNotFound":
      return refuse("brand_not_found")
    case "WhitelabelUserNotFound":
      return refuse("whitelabel_user_not_found")
    case "ChatbotLimitReached":
      return refuse("chatbot_limit_reached", failure.message)
    case "LinksLimitReached":
      return refuse("links_limit_reached", failure.message)
    case "MessagesLimitReached":
      return refuse("messages_limit_reached", failure.message)
    case "TooManyEntries":
    case "IdempotencyMismatch":
      return refuse("invalid_request", failure.message)
    case "TurnFailed":
      return refuse(turnCode[failure.type] ?? "internal", failure.detail)
    // No caller of this face names a user or asks to be refused, and an accepted turn is never deleted.
    case "DialogBusy":
    case "DialogContactMismatch":
    case "TurnNotFound":
      return refuse("internal")
  }
}
