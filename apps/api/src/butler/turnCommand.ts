import type { CompletionRequest } from "@butler/contracts"
import type { TurnCommand, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { refuse, type Refused } from "../http/Refused.ts"

/** As long as the turn runner's own leases, which it prolongs while the turn runs. */
const LEASE_MS = 30_000

const isOffered = (request: CompletionRequest, accept: string | undefined): boolean =>
  !request.async &&
  !request.stream &&
  accept?.includes("text/event-stream") !== true &&
  request.onBusy === "enqueue" &&
  request.quietMs === 0

/** A decoded request as the domain's command. */
export const turnCommand = (
  workspaceId: WorkspaceId,
  request: CompletionRequest,
  accept: string | undefined
): Effect.Effect<TurnCommand, Refused> =>
  isOffered(request, accept)
    ? Effect.succeed({
        workspaceId,
        userId: request.userId ?? null,
        dialogId: request.dialogId ?? null,
        ifMissing: request.ifMissing,
        query: request.query ?? "",
        attachments: request.files.map(({ name, size, type, url }) => ({ name, contentType: type, url, size })),
        channel: request.channelType,
        sendWebhook: request.sendWebhook ?? null,
        leaseMs: LEASE_MS
      })
    : Effect.fail(refuse("not_implemented", "async, stream, onBusy other than enqueue and quietMs are not offered yet"))
