import { createServer, type Server } from "node:http"
import { once } from "node:events"
import { Pool } from "undici"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { callTurn } from "../../src/turn/callTurn.ts"

const meta = { width: 0, height: 0, size_kb: 0, duration: 0, format: "", coverUrl: "" }
const message = { type: "assistant", contentType: "text", text: "In a week.", url: "", meta }
const data = { dialogId: "dlg_1", agentLogs: [], messages: [message], turnId: "7", status: "completed" }

/** Answers with the JSON that the query holds, so that each test says what it is answered. */
const answerWith = (server: Server): void => {
  server.on("request", (request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const { query }: { query: string } = JSON.parse(Buffer.concat(chunks).toString())
      const { body, status }: { body: unknown; status: number } = JSON.parse(query)
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
    })
  })
}

const server = createServer()
let pool: Pool

const ask = (status: number, body: unknown, dialogId?: string) =>
  callTurn(pool, "key", JSON.stringify({ status, body }), dialogId === undefined ? {} : { dialogId })

const envelope = (changes: object) => ({ code: 200, message: "success", data: { ...data, ...changes } })

describe("callTurn", () => {
  beforeAll(async () => {
    answerWith(server)
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const address = server.address()
    pool = new Pool(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`)
  })

  afterAll(async () => {
    await pool.destroy()
    server.close()
  })

  it("answers dialog and turn of an answered turn", async () => {
    await expect(ask(200, envelope({}))).resolves.toEqual({ dialogId: "dlg_1", turnId: "7" })
  })

  it.each([
    ["another status", 500, envelope({})],
    ["an open turn", 200, envelope({ status: "running" })],
    ["no message", 200, envelope({ messages: [] })],
    ["an empty message", 200, envelope({ messages: [{ ...message, text: "" }] })],
    ["a failure in the envelope", 200, { ...envelope({}), code: 500 }],
    ["no data", 200, { code: 200, message: "success", data: null }]
  ])("takes %s for an error", async (_, status, body) => {
    await expect(ask(status, body)).rejects.toThrow("status")
  })

  it("takes an answer in another dialog for an error", async () => {
    await expect(ask(200, envelope({}), "dlg_2")).rejects.toThrow("status")
  })
})
