import { type ContactId, Erasures, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { TurnRunner } from "./TurnRunner.ts"

/** Erases a contact with all that is kept of it, and stops its turns where they run. Answers how much of each kind there was. */
export const eraseContact = Effect.fn("eraseContact")(function* (workspaceId: WorkspaceId, contactId: ContactId) {
  const runner = yield* TurnRunner
  const { report, stopped } = yield* Erasures.use(({ erase }) => erase(workspaceId, contactId))
  yield* runner.stop(stopped)
  return report
}, Effect.uninterruptible)
