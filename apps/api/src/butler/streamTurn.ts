import { submitTurn, TurnRunner } from "@butler/agent"
import { type CompletionHeaders, localeOf } from "@butler/contracts"
import type { TurnCommand } from "@butler/domain"
import { Effect, Stream } from "effect"
import { turnEvent } from "./turnEvents.ts"

/** Accepts a turn and answers its events. A repeated request goes on behind the event its caller had last. */
export const streamTurn = Effect.fn("streamTurn")(function* (command: TurnCommand, headers: CompletionHeaders) {
  const { status, turnId } = yield* submitTurn(command)
  const runner = yield* TurnRunner
  const after = status === null ? Number(headers["last-event-id"] ?? 0) : 0
  return Stream.map(runner.follow(command.workspaceId, turnId, after), turnEvent(localeOf(headers["accept-language"])))
})
