import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { StreamEvent } from "../butler/StreamEvent.ts"
import { Authorization } from "../openapi/Authorization.ts"
import { DialogListQuery, DialogPage, DialogParams, DialogResource } from "./DialogResource.ts"
import { handBackDialog, handOverDialog, postMessage } from "./handoverEndpoints.ts"
import { MessageListQuery, MessagePage } from "./MessageResource.ts"
import { commonProblems, native, problems } from "./native.ts"
import { TurnEventsHeaders, TurnParams, TurnResource } from "./TurnResource.ts"

const ofDialog = [...commonProblems, "dialog_not_found"] as const
const ofTurn = [...commonProblems, "turn_not_found"] as const

const listDialogs = HttpApiEndpoint.get("listDialogs", "/v1/dialogs", {
  query: DialogListQuery,
  success: DialogPage,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listDialogs",
    summary: "List dialogs",
    description:
      "Newest first. `contactId` and `userId` narrow the list; both together must name the same contact, else it is empty. Needs the scope `dialogs:read`.",
    errors: commonProblems
  })
)

const getDialog = HttpApiEndpoint.get("getDialog", "/v1/dialogs/:dialogId", {
  params: DialogParams,
  success: DialogResource,
  error: problems(ofDialog)
}).annotateMerge(
  native({
    operationId: "getDialog",
    summary: "Get a dialog",
    description: "Needs the scope `dialogs:read`.",
    errors: ofDialog
  })
)

const listMessages = HttpApiEndpoint.get("listMessages", "/v1/dialogs/:dialogId/messages", {
  params: DialogParams,
  query: MessageListQuery,
  success: MessagePage,
  error: problems(ofDialog)
}).annotateMerge(
  native({
    operationId: "listMessages",
    summary: "List a dialog's messages",
    description:
      "The dialog's own record, by `sequence`; replies, streams, callbacks and events are read from it too. Needs the scope `dialogs:read`.",
    errors: ofDialog
  })
)

const getTurn = HttpApiEndpoint.get("getTurn", "/v1/turns/:turnId", {
  params: TurnParams,
  success: TurnResource,
  error: problems(ofTurn)
}).annotateMerge(
  native({
    operationId: "getTurn",
    summary: "Get a turn",
    description: "Where a turn stands, what it answered and what it did. Needs the scope `dialogs:read`.",
    errors: ofTurn
  })
)

const turnEvents = HttpApiEndpoint.get("turnEvents", "/v1/turns/:turnId/events", {
  params: TurnParams,
  headers: TurnEventsHeaders,
  success: HttpApiSchema.StreamSse({ events: StreamEvent }),
  error: problems(ofTurn)
}).annotateMerge(
  native({
    operationId: "turnEvents",
    summary: "Follow a turn",
    description:
      "The turn's events from the first, or behind `Last-Event-ID`, to its end: while it runs, whichever process runs it, and also afterwards. Ids are gapless from 1. Should the process that runs the turn die, `turn.restarted` says that the deltas so far are void. Needs the scope `dialogs:read`.",
    errors: ofTurn
  })
)

const cancelTurn = HttpApiEndpoint.post("cancelTurn", "/v1/turns/:turnId/cancel", {
  params: TurnParams,
  success: TurnResource,
  error: problems(ofTurn)
}).annotateMerge(
  native({
    operationId: "cancelTurn",
    summary: "Cancel a turn",
    description:
      "An open turn ends as `cancelled` and is not answered; one that has ended stays as it is. Answers the turn. Needs the scope `turns:write`.",
    errors: ofTurn
  })
)

/** Dialogs and turns, and who speaks in them. */
export const dialogsGroup = HttpApiGroup.make("dialogs")
  .add(
    listDialogs,
    getDialog,
    listMessages,
    getTurn,
    turnEvents,
    cancelTurn,
    handOverDialog,
    handBackDialog,
    postMessage
  )
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({ title: "Dialogs", description: "What was said, and how each answer came about." })
  )
