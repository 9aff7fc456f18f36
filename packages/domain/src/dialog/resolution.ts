import { Result } from "effect"
import type { AgentId, ContactId, DialogId, UserId } from "../ids/brands.ts"
import { DialogContactMismatch, DialogNotFound } from "./Dialog.ts"

/** Who and which dialog a request names; null where it names none. */
export interface ResolutionRequest {
  readonly userId: UserId | null
  readonly dialogId: DialogId | null
  /** What becomes of a `dialogId` that does not exist yet. */
  readonly ifMissing: "error" | "create"
  /** Only this agent's dialogs are known; without it all are. */
  readonly dialogsOf?: AgentId
}

/** What the store knows of the names in a request; null where it knows nothing. */
export interface ResolutionFacts {
  /** The contact that `userId` names. */
  readonly contact: { readonly id: ContactId; readonly activeDialogId: DialogId | null } | null
  /** The dialog that `dialogId` names. */
  readonly dialog: { readonly id: DialogId; readonly contactId: ContactId; readonly agentId: AgentId } | null
}

/** What a turn is to run in. A null `dialogId` asks for a new id. */
export type Resolution =
  | { readonly _tag: "ExistingDialog"; readonly contactId: ContactId; readonly dialogId: DialogId }
  | { readonly _tag: "NewDialog"; readonly contactId: ContactId; readonly dialogId: DialogId | null }
  | { readonly _tag: "NewContact"; readonly userId: UserId | null; readonly dialogId: DialogId | null }

export type ResolutionRefused = DialogNotFound | DialogContactMismatch

const inNamedDialog = (
  dialog: NonNullable<ResolutionFacts["dialog"]>,
  userId: UserId | null,
  contact: ResolutionFacts["contact"]
): Result.Result<Resolution, ResolutionRefused> =>
  userId !== null && contact?.id !== dialog.contactId
    ? Result.fail(new DialogContactMismatch({ dialogId: dialog.id, userId }))
    : Result.succeed({ _tag: "ExistingDialog", contactId: dialog.contactId, dialogId: dialog.id })

/**
 * The resolution table of contact and dialog (contract 1.1) as one total function. A refused request creates nothing,
 * and identity is never attached implicitly: an anonymous contact's dialog matches no `userId`.
 */
export const resolve = (
  request: ResolutionRequest,
  facts: ResolutionFacts
): Result.Result<Resolution, ResolutionRefused> => {
  const { dialogId, dialogsOf, ifMissing, userId } = request
  if (facts.dialog !== null && dialogsOf !== undefined && facts.dialog.agentId !== dialogsOf) {
    return Result.fail(new DialogNotFound({ dialogId: facts.dialog.id }))
  }
  if (dialogId !== null && facts.dialog !== null) return inNamedDialog(facts.dialog, userId, facts.contact)
  if (dialogId !== null && ifMissing === "error") return Result.fail(new DialogNotFound({ dialogId }))
  const contact = userId === null ? null : facts.contact
  if (contact === null) return Result.succeed({ _tag: "NewContact", userId, dialogId })
  return dialogId === null && contact.activeDialogId !== null
    ? Result.succeed({ _tag: "ExistingDialog", contactId: contact.id, dialogId: contact.activeDialogId })
    : Result.succeed({ _tag: "NewDialog", contactId: contact.id, dialogId })
}
