import {
  AgentId,
  Cuid,
  type DeliveryContent,
  DeliveryId,
  DialogId,
  MessageId,
  TurnId,
  WorkspaceId
} from "@butler/domain"
import { assert, describe, it } from "vitest"
import { headerFlaws } from "../../src/index.ts"
import { callback } from "../../src/payload/callback.ts"
import { messageEvent } from "../../src/payload/messageEvent.ts"

const message = {
  id: MessageId.make("51901704862228480"),
  sequence: 7,
  senderType: "contact" as const,
  senderId: "51901681609007100",
  contentType: "text" as const,
  content: "介绍下你们的业务",
  url: "",
  attachments: [{ name: "琴梓涵.png", contentType: "image/png", url: "https://mature-printer.com/", size: 3132 }],
  createdAt: new Date(1_770_489_117_249)
}

const content: DeliveryContent = {
  id: DeliveryId.make("03703d30-50f2-4103-bdb6-8aa331f36cc5"),
  workspaceId: WorkspaceId.make("a4872870-3cde-47f2-830f-a5f07801790b"),
  dialogId: DialogId.make("dlg_20260205103045_abc123"),
  channelId: Cuid.make("d56sxk7g0rzhazsuqdqz0d5u"),
  sessionId: Cuid.make("kiaa9exjdwdcnzrzqgjp0a32"),
  conversationId: Cuid.make("aqxqpddc36lyaeysxhhuekih"),
  thread: null,
  staffId: AgentId.make("123123"),
  message,
  turn: {
    id: TurnId.make("1"),
    inboundMessageId: MessageId.make("2"),
    leftToPeople: false,
    agentLogs: [{ type: "language", message: "中文", status: "certain", timestamp: 1_762_915_391_425 }],
    error: null,
    finishedAt: new Date(1_770_489_118_000)
  }
}

describe("the event of a message", () => {
  it("is literally the contract's example", () =>
    assert.deepStrictEqual<unknown>(messageEvent(content, message, "example"), {
      requestId: "03703d30-50f2-4103-bdb6-8aa331f36cc5",
      businessType: 15016,
      sequence: 7,
      data: {
        id: "51901704862228480",
        senderId: "51901681609007100",
        workSpaceId: "a4872870-3cde-47f2-830f-a5f07801790b",
        senderType: 1,
        sendTime: 1770489117,
        content: "介绍下你们的业务",
        channelId: { id: "d56sxk7g0rzhazsuqdqz0d5u" },
        conversationId: { id: "aqxqpddc36lyaeysxhhuekih" },
        sessionId: { id: "kiaa9exjdwdcnzrzqgjp0a32" },
        isEffectiveReply: true,
        attachments: [
          {
            key: "51901704862228480-1",
            name: "琴梓涵.png",
            contentType: "image/png",
            url: "https://mature-printer.com/",
            size: 3132
          }
        ],
        agentLogs: [],
        createdTime: 1770489117249,
        updatedTime: 1770489117249,
        processedBy: "AI_AGENT"
      }
    }))

  it("is in the other style what the contract's comments say", () =>
    assert.deepInclude(messageEvent(content, message, "dto").data, {
      senderType: "CONTACT",
      channelId: "d56sxk7g0rzhazsuqdqz0d5u",
      conversationId: "aqxqpddc36lyaeysxhhuekih",
      sessionId: "kiaa9exjdwdcnzrzqgjp0a32"
    }))

  it.each([
    ["system", 0, "SYSTEM", "UNKNOWN"],
    ["contact", 1, "CONTACT", "AI_AGENT"],
    ["person", 2, "HUMAN_AGENT", "HUMAN_AGENT"],
    ["agent", 3, "AI_AGENT", "AI_AGENT"]
  ] as const)("of %s names its sender", (senderType, number, name, processedBy) => {
    const sent = { ...message, senderType }
    assert.deepInclude(messageEvent(content, sent, "example").data, { senderType: number, processedBy })
    assert.deepInclude(messageEvent(content, sent, "dto").data, { senderType: name, processedBy })
  })

  it("of a contact while people have the dialog names them", () => {
    const turn = content.turn === null ? null : { ...content.turn, leftToPeople: true }
    assert.strictEqual(messageEvent({ ...content, turn }, message, "example").data.processedBy, "HUMAN_AGENT")
    assert.strictEqual(messageEvent({ ...content, turn: null }, message, "example").data.processedBy, "UNKNOWN")
  })

  it("of the agent shows what it did and what it replies to", () => {
    const data: object = messageEvent(content, { ...message, senderType: "agent" }, "example").data
    assert.deepInclude(data, { replyMessageId: "2", agentLogs: content.turn?.agentLogs })
  })
})

describe("a callback", () => {
  it("tells a reply", () =>
    assert.deepStrictEqual<unknown>(
      callback({
        ...content,
        message: { ...message, senderType: "agent", contentType: "image", url: "https://x.test/i" }
      }),
      {
        id: "51901704862228480",
        content: "介绍下你们的业务",
        createdAt: "2026-02-07T18:31:57.249Z",
        agentLogs: content.turn?.agentLogs,
        attachments: [
          { key: "51901704862228480-0", name: "", url: "https://x.test/i", contentType: "image" },
          {
            key: "51901704862228480-1",
            name: "琴梓涵.png",
            url: "https://mature-printer.com/",
            contentType: "image/png"
          }
        ],
        dialogId: "dlg_20260205103045_abc123",
        turnId: "1"
      }
    ))
})

describe("headers of one's own", () => {
  it.each([
    [{ "x-token": "a", Authorization: "Bearer x" }, 0],
    [{ "Webhook-Signature": "x" }, 1],
    [{ TENANT_ID: "x", "x-nct-time": "1", Host: "a", "Content-Type": "b" }, 4],
    [{ "x\r\ny": "a", "": "b", "x:": "c" }, 3],
    [{ x: "a\r\nb", y: "\u0000", z: "您" }, 3],
    [{ a: "1", A: "2" }, 1],
    [Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`x-${index}`, "1"])), 1]
  ])("%j have %i flaws", (headers, count) => assert.strictEqual(headerFlaws(headers).length, count))
})
