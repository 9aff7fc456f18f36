import type { ErrorCode } from "@butler/contracts"
import type { ChatbotEntryNotFound, ChatbotList, ChatbotNotFound, TooManyEntries } from "@butler/domain"
import { Schema } from "effect"
import { refuse, refuseInput, Refused } from "../http/Refused.ts"

type DomainFailure = ChatbotEntryNotFound | ChatbotNotFound | TooManyEntries

/** What can go wrong on this face. */
export type SitegptFailure = DomainFailure | Refused | Schema.SchemaError

const entryCode: Record<ChatbotList, ErrorCode> = {
  quickPrompts: "quick_prompt_not_found",
  followUpPrompts: "follow_up_prompt_not_found",
  prompts: "prompt_not_found",
  personas: "persona_not_found"
}

/** Every failure of this face as the refusal it is answered with. */
export const sitegptRefusal = (failure: SitegptFailure): Refused => {
  if (failure instanceof Refused) return failure
  if (failure instanceof Schema.SchemaError) return refuseInput(failure)
  switch (failure._tag) {
    case "ChatbotEntryNotFound":
      return refuse(entryCode[failure.list])
    case "ChatbotNotFound":
      return refuse("chatbot_not_found")
    case "TooManyEntries":
      return refuse("invalid_request", failure.message)
  }
}
