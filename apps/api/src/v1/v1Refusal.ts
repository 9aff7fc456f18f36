import type { ProblemCode } from "@butler/contracts"
import type { AgentNotFound, ApiKeyNotFound, DialogNotFound, DocumentNotFound, TurnNotFound } from "@butler/domain"
import { Schema } from "effect"
import { refuse, refuseInput, Refused } from "../http/Refused.ts"

type DomainFailure = AgentNotFound | ApiKeyNotFound | DialogNotFound | DocumentNotFound | TurnNotFound

/** What can go wrong on this face. */
export type V1Failure = DomainFailure | Refused | Schema.SchemaError

const codeOf: Record<DomainFailure["_tag"], ProblemCode> = {
  AgentNotFound: "agent_not_found",
  ApiKeyNotFound: "api_key_not_found",
  DialogNotFound: "dialog_not_found",
  DocumentNotFound: "document_not_found",
  TurnNotFound: "turn_not_found"
}

/** Every failure of this face as the refusal it is answered with. */
export const v1Refusal = (failure: V1Failure): Refused => {
  if (failure instanceof Refused) return failure
  if (failure instanceof Schema.SchemaError) return refuseInput(failure)
  return refuse(codeOf[failure._tag])
}
