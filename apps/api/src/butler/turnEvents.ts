import type { TurnStreamEvent } from "@butler/agent"
import { type Locale, messageOf, statusOf } from "@butler/contracts"
import type { ServerSentEvent } from "../http/eventStream.ts"
import { butlerRefusal } from "./butlerRefusal.ts"
import { completionBody, replyMessage } from "./completionBody.ts"
import { TurnFailed } from "../turn/TurnFailed.ts"

/** A turn's events as callers read them (contract 1.4). */
export const turnEvent =
  (locale: Locale) =>
  (event: TurnStreamEvent): ServerSentEvent => {
    const { id } = event
    switch (event.type) {
      case "accepted": {
        const { dialogId, status, turnId } = event
        return { id, event: "turn.accepted", data: { dialogId, turnId, status } }
      }
      case "log":
        return { id, event: "log", data: event.log }
      case "delta":
        return { id, event: "delta", data: { text: event.text } }
      case "restarted":
        return { id, event: "turn.restarted", data: {} }
      case "message":
        return { id, event: "message", data: replyMessage(event.reply) }
      case "ended": {
        const { state } = event
        if (state.error === null) return { id, event: "turn.completed", data: completionBody(state) }
        const { code } = butlerRefusal(new TurnFailed({ turnId: state.id, ...state.error }))
        return { id, event: "turn.failed", data: { code: statusOf(code), message: messageOf(code, locale) } }
      }
    }
  }
