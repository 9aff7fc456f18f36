import { assert, describe, it } from "@effect/vitest"
import { Effect, type Schema } from "effect"
import {
  decodeContactIdentity,
  decodeContactListQuery,
  decodeContactMerge,
  decodeNewHandover,
  decodeNewMessage
} from "../../src/index.ts"
import { issues } from "../refusal.ts"

type Decode = (input: unknown) => Effect.Effect<unknown, Schema.SchemaError>

const url = "https://cdn.example.com/a.png"
const person = { type: "person" }

describe("accepts", () => {
  it.each<[string, Decode, object, object]>([
    ["a hand-over without words", decodeNewHandover, {}, {}],
    ["one that wants none said", decodeNewHandover, { reason: null, closingMessage: "" }, { closingMessage: "" }],
    [
      "a text",
      decodeNewMessage,
      { sender: person, content: " a " },
      { sender: person, content: " a ", contentType: "text" }
    ],
    [
      "a picture of the agent",
      decodeNewMessage,
      { sender: { type: "agent", id: "7" }, contentType: "image", url },
      { sender: { type: "agent", id: "7" }, content: "", contentType: "image", url }
    ],
    ["a user", decodeContactIdentity, { userId: "u", merge: null }, { userId: "u", merge: false }],
    ["two contacts", decodeContactMerge, { from: "1", into: "2" }, { from: "1", into: "2" }],
    ["a user's contact", decodeContactListQuery, { userId: "u" }, { userId: "u", limit: 20 }]
  ])("%s", (_, decode, input, expected) => assert.deepStrictEqual<unknown>(Effect.runSync(decode(input)), expected))
})

describe("refuses", () => {
  it.each<[string, Decode, object, ReadonlyArray<string>]>([
    [
      "a reason and words that are none",
      decodeNewHandover,
      { reason: "", closingMessage: "\0" },
      ["reason: must not be empty", "closingMessage: must not contain NUL characters (U+0000)"]
    ],
    ["a message of nobody", decodeNewMessage, { content: "a" }, ["sender: is required"]],
    [
      "a message of the contact",
      decodeNewMessage,
      { sender: { type: "contact" }, content: "a" },
      ['sender.type: must be one of "person", "agent"']
    ],
    ["a message of spaces", decodeNewMessage, { sender: person, content: " " }, ["content: must not be blank"]],
    [
      "a picture of nothing",
      decodeNewMessage,
      { sender: person, contentType: "image", content: "a" },
      ["url: is required unless contentType is text"]
    ],
    [
      "a text somewhere else",
      decodeNewMessage,
      { sender: person, content: "a", url },
      ["url: must not be sent with a text"]
    ],
    [
      "everything at once",
      decodeNewMessage,
      { sender: { type: "person", id: 7 }, contentType: "smell", url: "x" },
      [
        "sender.id: must be a string",
        'contentType: must be one of "text", "image", "video", "audio", "file"',
        "url: must be an http or https URL"
      ]
    ],
    [
      "an identity of another kind",
      decodeContactIdentity,
      { merge: "yes" },
      ["userId: is required", "merge: must be true or false"]
    ],
    ["half a merge", decodeContactMerge, { from: "x" }, ["from: must be a decimal id", "into: is required"]]
  ])("%s", (_, decode, input, expected) => assert.deepStrictEqual(issues(decode(input)), expected))
})
