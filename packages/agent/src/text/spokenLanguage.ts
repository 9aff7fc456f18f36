import { type DialogId, Dialogs, TextAnalyzer, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { tellsLanguage } from "./tellsLanguage.ts"

/** How far back the contact's words are looked for that tell its language. */
const LATEST = 10

export interface SpokenIn {
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
}

/** The language that a contact speaks in a dialog: of the latest of its messages that tells, else what its latest may be in. */
export const spokenLanguage = Effect.fnUntraced(function* ({ dialogId, workspaceId }: SpokenIn) {
  const { detectLanguage } = yield* TextAnalyzer
  const page = { workspaceId, dialogId, order: "desc", after: null, limit: LATEST } as const
  const messages = yield* (yield* Dialogs).messages(page)
  const said = messages.filter(({ content, senderType }) => senderType === "contact" && content !== "")
  const heard = said.map(({ content }) => ({ content, language: detectLanguage(content) }))
  const telling = heard.find(({ content, language }) => tellsLanguage(content, language))
  return telling?.language ?? heard[0]?.language ?? detectLanguage("")
})
