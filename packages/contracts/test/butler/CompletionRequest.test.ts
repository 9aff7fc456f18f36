import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { decodeCompletionRequest } from "../../src/index.ts"
import { issues } from "../refusal.ts"
import { seed } from "../seed.ts"

const accepted = (body: unknown) => Effect.runSync(decodeCompletionRequest(body))
const refused = (body: unknown) => issues(decodeCompletionRequest(body))

const defaults = {
  channelType: { type: "API" },
  async: false,
  files: [],
  stream: false,
  onBusy: "enqueue",
  quietMs: 0,
  waitMs: 60_000,
  ifMissing: "error"
}
const file = { name: "a.png", type: "image/png", url: "https://cdn.example.com/a.png", size: 0 }
const smile = "😀"

describe("a request is accepted", () => {
  it("as the documentation shows it", () => {
    assert.deepStrictEqual<unknown>(accepted(seed.request), {
      ...defaults,
      ...Object(seed.request)
    })
  })

  it.each<[string, object, object]>([
    ["with a query alone", { query: "hi" }, { query: "hi" }],
    ["trimmed", { query: " \n hi there\t" }, { query: "hi there" }],
    ["of 32,000 characters in a lot of space", { query: ` ${"x".repeat(32_000)} ` }, { query: "x".repeat(32_000) }],
    ["of 32,000 characters outside the BMP", { query: smile.repeat(32_000) }, { query: smile.repeat(32_000) }],
    ["with files and no query", { files: [file] }, { files: [file] }],
    ["with files and a blank query", { query: "  ", files: [file] }, { files: [file] }],
    ["with files and a null query", { query: null, files: [file] }, { files: [file] }],
    ["with fields nobody knows", { query: "hi", colour: { a: "\0" } }, { query: "hi" }],
    ["with empty ids", { query: "hi", dialogId: "", userId: "" }, { query: "hi" }],
    [
      "with null everywhere",
      Object.fromEntries([...Object.keys(defaults), "dialogId", "userId", "sendWebhook"].map((name) => [name, null])),
      {}
    ],
    [
      "with the longest ids",
      { dialogId: "d".repeat(128), userId: "u".repeat(256) },
      { dialogId: "d".repeat(128), userId: "u".repeat(256) }
    ],
    [
      "with a channel without proxy",
      { channelType: { type: "QYWECHAT", proxy: null } },
      { channelType: { type: "QYWECHAT" } }
    ],
    [
      "with a MIME type that has a parameter",
      { files: [{ ...file, type: "text/plain; charset=utf-8" }] },
      { files: [{ ...file, type: "text/plain; charset=utf-8" }] }
    ],
    [
      "with 20 files",
      { files: Array.from({ length: 20 }, () => file) },
      { files: Array.from({ length: 20 }, () => file) }
    ],
    [
      "with a plain http webhook",
      { sendWebhook: "http://127.0.0.1:8080/hook?a=b" },
      { sendWebhook: "http://127.0.0.1:8080/hook?a=b" }
    ],
    ["with the bounds of its numbers", { waitMs: 0, quietMs: 30_000 }, { waitMs: 0, quietMs: 30_000 }],
    ["with the other bounds", { waitMs: 600_000, quietMs: 0 }, { waitMs: 600_000, quietMs: 0 }],
    [
      "with options",
      { onBusy: "coalesce", ifMissing: "create", stream: true, async: true },
      { onBusy: "coalesce", ifMissing: "create", stream: true, async: true }
    ]
  ])("%s", (_, body, expected) => {
    const query = "query" in body || ("files" in body && body.files !== null) ? {} : { query: "hi" }
    assert.deepStrictEqual<unknown>(accepted({ ...query, ...body }), { ...defaults, ...query, ...expected })
  })
})

const number = (name: string, to: string) => `${name}: must be a whole number from 0 to ${to}`

describe("a request is refused", () => {
  it.each<[string, object, ReadonlyArray<string>]>([
    ["with a null query", { query: null, files: [] }, ["query: is required unless files are sent"]],
    ["with a blank query", { query: " \n\t " }, ["query: is required unless files are sent"]],
    ["with a query of another type", { query: 5 }, ["query: must be a string"]],
    [
      "with too long a query",
      { query: "x".repeat(32_001) },
      ["query: must have at most 32,000 characters after trimming"]
    ],
    [
      "with too many emoji",
      { query: smile.repeat(32_001) },
      ["query: must have at most 32,000 characters after trimming"]
    ],
    ["with NUL", { query: "a\0b" }, ["query: must not contain NUL characters (U+0000)"]],
    [
      "with half a surrogate pair",
      { query: "a\ud800b" },
      ["query: must be well-formed Unicode (it contains half of a surrogate pair)"]
    ],
    ["with NUL in an id", { dialogId: "\0" }, ["dialogId: must not contain NUL characters (U+0000)"]],
    [
      "with half a pair in an id",
      { userId: "\udc00" },
      ["userId: must be well-formed Unicode (it contains half of a surrogate pair)"]
    ],
    [
      "with long ids",
      { dialogId: "d".repeat(129), userId: "u".repeat(257) },
      ["dialogId: must have at most 128 characters", "userId: must have at most 256 characters"]
    ],
    [
      "with ids of another type",
      { dialogId: 1, userId: {} },
      ["dialogId: must be a string", "userId: must be a string"]
    ],
    [
      "with a lower-case channel",
      { channelType: { type: "wechat" } },
      ["channelType.type: must be upper snake case, such as WECHAT"]
    ],
    [
      "with a long channel",
      { channelType: { type: "A".repeat(65), proxy: "B".repeat(65) } },
      ["channelType.type: must have at most 64 characters", "channelType.proxy: must have at most 64 characters"]
    ],
    ["with an empty channel", { channelType: {} }, ["channelType.type: is required"]],
    ["with a channel of another type", { channelType: "WECHAT" }, ["channelType: must be an object"]],
    [
      "with words for truths",
      { async: "true", stream: 1 },
      ["async: must be true or false", "stream: must be true or false"]
    ],
    ["with a webhook elsewhere", { sendWebhook: "ftp://example.com" }, ["sendWebhook: must be an http or https URL"]],
    ["with a webhook that is no URL", { sendWebhook: "https://" }, ["sendWebhook: must be an http or https URL"]],
    ["with an empty webhook", { sendWebhook: "" }, ["sendWebhook: must be an http or https URL"]],
    [
      "with a long webhook",
      { sendWebhook: `https://e.com/${"a".repeat(2048)}` },
      ["sendWebhook: must have at most 2,048 characters"]
    ],
    [
      "with NUL in a webhook",
      { sendWebhook: "https://e.com/\0" },
      ["sendWebhook: must not contain NUL characters (U+0000)"]
    ],
    ["with 21 files", { files: Array.from({ length: 21 }, () => file) }, ["files: must have at most 20 files"]],
    ["with no list of files", { files: file }, ["files: must be an array"]],
    [
      "with a wrong file",
      { files: [file, { ...file, name: "", type: "png", url: "x", size: -1 }, { ...file, size: "1" }] },
      [
        "files[1].name: must not be empty",
        "files[1].type: must be a MIME type, such as image/png",
        "files[1].url: must be an http or https URL",
        "files[1].size: must not be negative",
        "files[2].size: must be a number"
      ]
    ],
    ["with half a file", { files: [{}] }, ["name", "type", "url", "size"].map((key) => `files[0].${key}: is required`)],
    [
      "with numbers out of bounds",
      { waitMs: 600_001, quietMs: -1 },
      [number("quietMs", "30,000"), number("waitMs", "600,000")]
    ],
    ["with broken numbers", { waitMs: 1.5, quietMs: "5" }, ["quietMs: must be a number", number("waitMs", "600,000")]],
    [
      "with unknown options",
      { onBusy: "wait", ifMissing: true },
      [
        'onBusy: must be one of "enqueue", "coalesce", "supersede", "reject"',
        'ifMissing: must be one of "error", "create"'
      ]
    ],
    [
      "naming what is missing beside what is wrong",
      { query: "", dialogId: 5, waitMs: -1 },
      ["dialogId: must be a string", number("waitMs", "600,000"), "query: is required unless files are sent"]
    ]
  ])("%s", (_, body, expected) => {
    assert.deepStrictEqual(refused({ query: "hi", ...body }), expected)
  })

  it.each<[string, unknown]>([
    ["null", null],
    ["an array", []],
    ["a string", "hi"],
    ["a number", 5],
    ["nothing", undefined]
  ])("when it is %s", (_, body) => assert.deepStrictEqual(refused(body), [": must be an object"]))

  it("without query and files", () => assert.deepStrictEqual(refused({}), ["query: is required unless files are sent"]))

  it("in bounded time and words, however much is wrong", () => {
    const found = refused({ files: Array.from({ length: 500_000 }, () => 1) })
    assert.strictEqual(found.length, 100)
    assert.strictEqual(found[0], "files[0]: must be an object")
  })
})
