import { assert, describe, it } from "@effect/vitest"
import { Effect, type Schema } from "effect"
import { decodeChannelMessageBody, decodeChatBody, decodeTokenBody, decodeTransferBody } from "../../src/index.ts"
import { issues } from "../refusal.ts"

type Decode = (input: unknown) => Effect.Effect<unknown, Schema.SchemaError>

describe("accepts", () => {
  const defaults = { files: [], channelType: { type: "API" }, onBusy: "enqueue", waitMs: 60_000, ifMissing: "error" }

  it.each<[string, Decode, object, object]>([
    ["a query", decodeChatBody, { body: { query: " hi ", dialogId: "", userId: null } }, { query: "hi", ...defaults }],
    [
      "what the older call does not know is ignored",
      decodeChatBody,
      { body: { query: "hi", userId: "u", async: true, stream: true, sendWebhook: "no URL" }, query: "elsewhere" },
      { query: "hi", userId: "u", ...defaults }
    ],
    ["a key in two", decodeTokenBody, { body: { appKey: "bk_x", appSecret: "y" } }, { appKey: "bk_x", appSecret: "y" }],
    ["a text", decodeChannelMessageBody, { body: { dialogId: "d", message: "m" } }, { dialogId: "d", message: "m" }],
    ["a dialog", decodeTransferBody, { body: { dialogId: "d" } }, { dialogId: "d" }]
  ])("%s", (_, decode, input, expected) =>
    assert.deepStrictEqual<unknown>(Effect.runSync(decode(input)), { body: expected })
  )
})

describe("refuses", () => {
  it.each<[string, Decode, unknown, ReadonlyArray<string>]>([
    ["nothing", decodeChatBody, undefined, [": must be an object"]],
    ["what is not wrapped", decodeChatBody, { query: "hi" }, ["body: is required"]],
    ["no question", decodeChatBody, { body: { query: " " } }, ["body.query: is required unless files are sent"]],
    [
      "everything at once",
      decodeChatBody,
      { body: { userId: 7, files: [{ name: "n", type: "x", url: "u", size: -1 }] } },
      [
        "body.userId: must be a string",
        "body.files[0].type: must be a MIME type, such as image/png",
        "body.files[0].url: must be an http or https URL",
        "body.files[0].size: must not be negative"
      ]
    ],
    [
      "no question beside other faults",
      decodeChatBody,
      { body: { dialogId: 7 } },
      ["body.dialogId: must be a string", "body.query: is required unless files are sent"]
    ],
    [
      "half a key",
      decodeTokenBody,
      { body: { appKey: "" } },
      ["body.appKey: must not be empty", "body.appSecret: is required"]
    ],
    [
      "a message of spaces",
      decodeChannelMessageBody,
      { body: { dialogId: "d", message: " \n" } },
      ["body.message: must not be blank"]
    ],
    ["a dialog without a name", decodeTransferBody, { body: { dialogId: "" } }, ["body.dialogId: must not be empty"]]
  ])("%s", (_, decode, input, expected) => assert.sameMembers([...issues(decode(input))], [...expected]))
})
