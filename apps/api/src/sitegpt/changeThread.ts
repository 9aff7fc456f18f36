import { handOverDialog } from "@butler/agent"
import type { SitegptThreadChange } from "@butler/contracts"
import { Handovers, type ThreadPlace, Threads } from "@butler/domain"
import { Effect } from "effect"
import type { Caller } from "../auth/Caller.ts"
import { judgeCallback } from "../butler/judgeCallback.ts"

const setMode = ({ threadId: dialogId, workspaceId }: ThreadPlace, mode: "AI" | "AGENT") =>
  mode === "AGENT"
    ? handOverDialog({ workspaceId, dialogId, reason: "chat mode", closingMessage: "", escalates: false })
    : Handovers.use((handovers) => handovers.handBack(workspaceId, dialogId))

/** Changes who replies in a thread, who it is with and where its messages are told of. Empty takes away, as null does. */
export const changeThread = Effect.fn("changeThread")(function* (
  caller: Caller,
  place: ThreadPlace,
  { chatUser, mode, webhookToken, webhookUrl }: SitegptThreadChange
) {
  yield* judgeCallback(caller, webhookUrl || null, "webhookUrl")
  const threads = yield* Threads
  yield* threads.change(place, {
    ...(chatUser !== undefined && { chatUser }),
    ...(webhookUrl !== undefined && { webhookUrl: webhookUrl || null }),
    ...(webhookToken !== undefined && { webhookToken: webhookToken || null })
  })
  if (mode !== undefined) yield* setMode(place, mode)
  return null
})
