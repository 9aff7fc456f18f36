import { type Closing, type DialogId, Handovers, Ids, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { handedOver } from "../answer/phrases.ts"
import { spokenLanguage } from "../text/spokenLanguage.ts"
import { TurnRunner } from "./TurnRunner.ts"

/** A dialog that a person is to take over. */
export interface HandoverCommand {
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
  readonly reason: string | null
  /** The agent's last words: null for our own in the contact's language, empty for none. */
  readonly closingMessage: string | null
  /** Whose words they are, when they are not the agent's. */
  readonly closingAs?: Pick<Closing, "sender" | "extra">
  /** Whether somebody is called for; true unless it is said. */
  readonly escalates?: boolean
}

const ownWords = (command: HandoverCommand) => Effect.map(spokenLanguage(command), ({ code }) => handedOver(code))

/**
 * Hands a dialog to people: its open turns are cancelled and stopped where they run, and the agent says its last words. A
 * dialog that people have already stays as it is, unless it is escalated for the first time.
 */
export const handOverDialog = Effect.fn("handOverDialog")(function* (command: HandoverCommand) {
  const { closingAs, dialogId, escalates = true, reason, workspaceId } = command
  const runner = yield* TurnRunner
  const messageId = yield* (yield* Ids).messageId
  const content = command.closingMessage ?? (yield* ownWords(command))
  const closing = content === "" ? null : { messageId, content, ...closingAs }
  const given = (yield* Handovers).handOver({ workspaceId, dialogId, reason, closing, escalates })
  const stopped = Effect.tap(given, ({ cancelled }) => runner.stop(cancelled))
  const { dialog } = yield* Effect.uninterruptible(stopped)
  return dialog
})
