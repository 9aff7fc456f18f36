import { assert, describe, it } from "@effect/vitest"
import { Effect, type Schema } from "effect"
import {
  decodeAgentChange,
  decodeAgentParams,
  decodeApiKeyParams,
  decodeCompletionHeaders,
  decodeDialogListQuery,
  decodeDialogParams,
  decodeDocumentParams,
  decodeKnowledgeSearch,
  decodeMessageListQuery,
  decodeNewApiKey,
  decodeNewDocument,
  decodeTurnParams
} from "../../src/index.ts"
import { issues } from "../refusal.ts"

type Decode = (input: unknown) => Effect.Effect<unknown, Schema.SchemaError>

const pair = { question: "q", answer: "a" }

describe("accepts", () => {
  it.each<[string, Decode, object, object]>([
    ["no query at all", decodeDialogListQuery, {}, { limit: 20 }],
    [
      "a whole query",
      decodeDialogListQuery,
      { limit: "100", cursor: "aZ_-9", contactId: "1", userId: "u", x: "y" },
      { limit: 100, cursor: "aZ_-9", contactId: "1", userId: "u" }
    ],
    ["the default order", decodeMessageListQuery, { limit: "1" }, { limit: 1, order: "asc" }],
    ["the other order", decodeMessageListQuery, { order: "desc" }, { limit: 20, order: "desc" }],
    ["a caller's own dialog id", decodeDialogParams, { dialogId: "售后 #7" }, { dialogId: "售后 #7" }],
    ["the largest id", decodeTurnParams, { turnId: "9223372036854775807" }, { turnId: "9223372036854775807" }],
    ["a key with a name", decodeNewApiKey, { name: "ci", scopes: null, expiresAt: null }, { name: "ci" }],
    [
      "a whole key",
      decodeNewApiKey,
      { name: "ci", scopes: ["dialogs:read"], expiresAt: "2030-01-01T00:00:00+08:00" },
      { name: "ci", scopes: ["dialogs:read"], expiresAt: "2030-01-01T00:00:00+08:00" }
    ],
    ["a text", decodeNewDocument, { name: "n", text: "t", pairs: null }, { name: "n", text: "t" }],
    ["pairs", decodeNewDocument, { name: "n", pairs: [pair] }, { name: "n", pairs: [pair] }],
    ["a change of nothing", decodeAgentChange, { name: null }, {}],
    ["taking away", decodeAgentChange, { instructions: null, model: null }, { instructions: null, model: null }],
    [
      "a model",
      decodeAgentChange,
      { model: { url: "https://m.example/v1", model: "m", key: null, temperature: null, x: 1 } },
      { model: { url: "https://m.example/v1", model: "m", key: null } }
    ],
    ["a search", decodeKnowledgeSearch, { query: "q" }, { query: "q", limit: 10 }],
    ["headers among others", decodeCompletionHeaders, { "idempotency-key": "k", host: "h" }, { "idempotency-key": "k" }]
  ])("%s", (_, decode, input, expected) => assert.deepStrictEqual<unknown>(Effect.runSync(decode(input)), expected))
})

describe("refuses", () => {
  const limit = "limit: must be a whole number from 1 to 100"

  it.each<[string, Decode, object, ReadonlyArray<string>]>([
    ["an agent's id in words", decodeAgentParams, { agentId: "ada" }, ["agentId: must be a decimal id"]],
    ["a model without a URL", decodeAgentChange, { model: { model: "m" } }, ["model.url: is required"]],
    [
      "a key that no header can carry",
      decodeAgentChange,
      { model: { url: "https://m.example/v1", model: "m", key: "sk\r\nx: y" } },
      ["model.key: must be printable ASCII without spaces"]
    ],
    ["a limit in words", decodeDialogListQuery, { limit: "abc" }, [limit]],
    ["a limit of nothing", decodeDialogListQuery, { limit: "" }, [limit]],
    ["a limit of 0", decodeDialogListQuery, { limit: "0" }, [limit]],
    ["a limit of 101", decodeDialogListQuery, { limit: "101" }, [limit]],
    ["a limit of 1e1", decodeDialogListQuery, { limit: "1e1" }, [limit]],
    ["two limits", decodeDialogListQuery, { limit: ["1", "2"] }, ["limit: must be a string"]],
    [
      "a cursor of its own making",
      decodeDialogListQuery,
      { cursor: "a b" },
      ["cursor: must be a nextCursor this list has answered with"]
    ],
    [
      "everything at once",
      decodeDialogListQuery,
      { limit: "x", cursor: "\0", contactId: "c" },
      [limit, "cursor: must not contain NUL characters (U+0000)", "contactId: must be a decimal id"]
    ],
    ["another order", decodeMessageListQuery, { order: "up" }, ['order: must be one of "asc", "desc"']],
    ["NUL in a path", decodeDialogParams, { dialogId: "\0" }, ["dialogId: must not contain NUL characters (U+0000)"]],
    ["an empty id", decodeDialogParams, { dialogId: "" }, ["dialogId: must not be empty"]],
    ["a turn id beyond 64 bits", decodeTurnParams, { turnId: "9223372036854775808" }, ["turnId: must be a decimal id"]],
    ["a key id of another shape", decodeApiKeyParams, { id: "../x" }, ["id: must be the id of an API key"]],
    [
      "a document id of another shape",
      decodeDocumentParams,
      { documentId: "x" },
      ["documentId: must be the id of a document, such as doc_refund_policy_v1"]
    ],
    [
      "a key for nothing",
      decodeNewApiKey,
      { scopes: [] },
      ["name: is required", "scopes: must name at least one scope"]
    ],
    [
      "a scope twice",
      decodeNewApiKey,
      { name: "n", scopes: ["dialogs:read", "dialogs:read"] },
      ["scopes: must not name a scope twice"]
    ],
    [
      "a day that is no time",
      decodeNewApiKey,
      { name: "n", expiresAt: "2030-01-01" },
      ["expiresAt: must be an ISO-8601 time with a zone, such as 2026-02-05T10:30:45Z"]
    ],
    [
      "a 13th month",
      decodeNewApiKey,
      { name: "n", expiresAt: "2030-13-01T00:00:00Z" },
      ["expiresAt: must be an ISO-8601 time with a zone, such as 2026-02-05T10:30:45Z"]
    ],
    [
      "a document of nothing",
      decodeNewDocument,
      { name: " " },
      ["name: must not be blank", "text: is required unless pairs are sent"]
    ],
    [
      "a document of both",
      decodeNewDocument,
      { name: "n", text: "t", pairs: [pair] },
      ["pairs: must not be sent beside text"]
    ],
    ["no pairs", decodeNewDocument, { name: "n", pairs: [] }, ["pairs: must have 1 to 5,000 pairs"]],
    [
      "5,001 pairs",
      decodeNewDocument,
      { name: "n", pairs: Array.from({ length: 5001 }, () => pair) },
      ["pairs: must have 1 to 5,000 pairs"]
    ],
    ["half a pair", decodeNewDocument, { name: "n", pairs: [{ question: "q" }] }, ["pairs[0].answer: is required"]],
    [
      "a text too long",
      decodeNewDocument,
      { name: "n", text: "x".repeat(1_000_001) },
      ["text: must have at most 1,000,000 characters"]
    ],
    [
      "a search for too much",
      decodeKnowledgeSearch,
      { query: " ", limit: 51 },
      ["query: must not be blank", "limit: must be a whole number from 1 to 50"]
    ],
    [
      "a long idempotency key",
      decodeCompletionHeaders,
      { "idempotency-key": "k".repeat(256), "last-event-id": "x" },
      ["idempotency-key: must have at most 255 characters", "last-event-id: must be the id of an event"]
    ]
  ])("%s", (_, decode, input, expected) => assert.deepStrictEqual(issues(decode(input)), expected))
})
