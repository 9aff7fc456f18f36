import type { CompletionHeaders, CompletionRequest } from "@butler/contracts"
import type { TurnCommand } from "@butler/domain"
import type { Caller } from "../auth/Caller.ts"
import { fingerprintOf } from "./fingerprint.ts"

/** One `Idempotency-Key` stands for one turn of each. */
export type TurnRoute = "v3/completions" | "v4/completions"

/** A decoded request as the domain's command. An asynchronous one is left to a runner, others are leased for `leaseMs`. */
export const turnCommand = (
  { agentId, workspaceId }: Pick<Caller, "agentId" | "workspaceId">,
  request: CompletionRequest,
  headers: CompletionHeaders,
  body: unknown,
  leaseMs: number,
  route: TurnRoute = "v4/completions"
): TurnCommand => {
  const key = headers["idempotency-key"]
  return {
    workspaceId,
    ...(agentId !== null && { agentId }),
    userId: request.userId ?? null,
    dialogId: request.dialogId ?? null,
    ifMissing: request.ifMissing,
    query: request.query ?? "",
    attachments: request.files.map(({ name, size, type, url }) => ({ name, contentType: type, url, size })),
    channel: request.channelType,
    sendWebhook: request.sendWebhook ?? null,
    onBusy: request.onBusy,
    quietMs: request.quietMs,
    idempotency: key === undefined ? null : { route, key, fingerprint: fingerprintOf(body) },
    leaseMs: request.async ? null : leaseMs
  }
}
