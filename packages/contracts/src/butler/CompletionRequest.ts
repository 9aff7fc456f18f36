import { DialogId, UserId } from "@butler/domain"
import { Schema, SchemaGetter } from "effect"
import { abides, decoder, type Rule } from "../fields/decoder.ts"
import { whole } from "../fields/numbers.ts"
import { pattern } from "../fields/pattern.ts"
import { illegible, longerThan, text } from "../fields/text.ts"
import { optional, optionalText, orElse } from "../fields/unset.ts"
import { webUrl } from "../fields/webUrl.ts"

const MAX_QUERY = 32_000

const channelWord = pattern(/^[A-Z][A-Z0-9_]*$/, 64, "upper snake case, such as WECHAT")

/** Where a message came from: open words, stored with the message and with a dialog made for it. */
export const ChannelType = Schema.Struct({
  type: channelWord,
  proxy: optional(channelWord, { description: "Who passed the message on." })
}).annotate({ identifier: "ChannelType", examples: [{ type: "WECHAT", proxy: "CHATLY" }] })
export type ChannelType = typeof ChannelType.Type

const mimeType = pattern(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+( *;.*)?$/, 255, "a MIME type, such as image/png")

const size = Schema.Finite.check(
  Schema.makeFilter((value: number) => (value >= 0 ? undefined : "must not be negative"), {
    toJsonSchema: () => ({ minimum: 0 })
  })
)

/** A file that comes with a message; it stays where `url` says. */
export const CompletionFile = Schema.Struct({
  name: text(1, 512),
  type: mimeType,
  url: webUrl(4096),
  size: size.annotate({ description: "As the caller counts it; nothing is made of it." })
}).annotate({ identifier: "CompletionFile" })
export type CompletionFile = typeof CompletionFile.Type

/** The wire side is not trimmed yet, so its length has no bound that JSON Schema could state. */
const queryText = Schema.String.check(
  Schema.makeFilter((value: string) => {
    if (longerThan(value, MAX_QUERY) && longerThan(value.trim(), MAX_QUERY)) {
      return "must have at most 32,000 characters after trimming"
    }
    return illegible(value)
  })
).pipe(
  Schema.decodeTo(Schema.String, {
    decode: SchemaGetter.transform((value: string) => value.trim()),
    encode: SchemaGetter.passthrough()
  })
)

const says = (query: unknown): boolean =>
  typeof query === "string" ? query.trim() !== "" : query !== undefined && query !== null

const sends = (files: unknown): boolean =>
  Array.isArray(files) ? files.length > 0 : files !== undefined && files !== null

/** A turn needs something to answer. */
export const queryOrFiles: Rule = ({ query, files }) =>
  says(query) || sends(files) ? undefined : { path: "query", message: "is required unless files are sent" }

/** The body of `POST /api/open/v4/butler/chat/completions`. Fields it does not know are ignored. */
export const CompletionRequest = Schema.Struct({
  query: optionalText(queryText, Schema.String, {
    description:
      "The contact's text: 1 to 32,000 characters (Unicode code points) after trimming. Required unless `files` is not empty."
  }),
  dialogId: optionalText(text(0, 128), DialogId, {
    description: 'The dialog to go on with, 1 to 128 characters; `""` and `null` mean "not set".'
  }),
  userId: optionalText(text(0, 256), UserId, {
    description: 'Your own id of the contact, 1 to 256 characters; `""` and `null` mean "not set".'
  }),
  channelType: orElse(
    ChannelType,
    { type: "API" },
    {
      description: "Where the message came from: open words in upper snake case, such as `WECHAT`, `QYWECHAT`, `API`."
    }
  ),
  async: orElse(Schema.Boolean, false, {
    description:
      'Answer at once, as a rule with `status: "queued"`; the replies come by callback, or by asking for the turn.'
  }),
  sendWebhook: optional(webUrl(2048), {
    description:
      "Where each reply is pushed, for synchronous and asynchronous turns alike. Private and loopback addresses are refused unless the server allows them."
  }),
  files: orElse(
    Schema.Array(CompletionFile).check(Schema.isMaxLength(20, { message: "must have at most 20 files" })),
    [],
    {
      description: "Files that come with the message."
    }
  ),
  stream: orElse(Schema.Boolean, false, {
    description: "Answer with server-sent events; `Accept: text/event-stream` asks for the same."
  }),
  onBusy: orElse(Schema.Literals(["enqueue", "coalesce", "supersede", "reject"]), "enqueue", {
    description:
      "When the dialog already has an open turn: `enqueue` waits in line; `coalesce` joins the turn that has not started yet, so one answer serves the burst; `supersede` cancels the running turn and answers both queries; `reject` is refused with 409 `dialog_busy`."
  }),
  quietMs: orElse(whole(0, 30_000), 0, {
    description: "With `coalesce`: start only after this many milliseconds without a further message."
  }),
  waitMs: orElse(whole(0, 600_000), 60_000, {
    description: "How many milliseconds a synchronous caller is kept before it gets the turn's current state instead."
  }),
  ifMissing: orElse(Schema.Literals(["error", "create"]), "error", {
    description:
      "A `dialogId` that does not exist yet: `error` refuses with 404 `dialog_not_found`; `create` makes the dialog under that id, once, however many ask at the same time."
  })
})
  .check(abides(queryOrFiles))
  .annotate({ identifier: "CompletionRequest" })
export type CompletionRequest = typeof CompletionRequest.Type

/** Decodes a request's body; `issuesOf` tells every wrong field of a refused one. */
export const decodeCompletionRequest = decoder(CompletionRequest, queryOrFiles)
