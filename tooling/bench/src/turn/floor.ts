/**
 * The floor: the shortest honest program for the same durable work, one thing after another. It stores the rows the product stores, in two
 * transactions, and shares with it the schema and the text analysis alone.
 */
import { createHash, timingSafeEqual } from "node:crypto"
import { TextAnalyzerSnowball } from "@butler/agent"
import { TextAnalyzer } from "@butler/domain"
import { Effect } from "effect"
import fastify from "fastify"
import { askModel } from "./floorModel.ts"
import { search } from "./floorSearch.ts"
import { accept, type Answer, type Caller, end, refusal, type Request, sql } from "./floorStore.ts"

const analyzer = Effect.runSync(Effect.provide(TextAnalyzer, TextAnalyzerSnowball))

const authenticate = async (header: string | undefined): Promise<Caller> => {
  const key = header?.replace(/^bearer +/i, "") ?? ""
  const [caller] = await sql<Array<Caller>>`
    select k.workspace_id as workspace, a.id as agent, a.name as "agentName", k.digest,
           k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and k.scopes ? 'turns:write' as allowed
    from api_key k
    join workspace w on w.workspace_id = k.workspace_id
    join agent a on a.workspace_id = w.workspace_id and a.id = w.default_agent_id
    where k.id = ${key.split("_")[1] ?? ""}`
  const digest = createHash("sha256").update(key).digest()
  if (caller === undefined || !timingSafeEqual(digest, caller.digest)) throw refusal(401, "unauthenticated")
  if (!caller.allowed) throw refusal(403, "forbidden")
  return caller
}

/** Says what the model says, or without one the best passage. */
const answer = async ({ agentName, workspace }: Caller, dialog: string, query: string): Promise<Answer> => {
  const language = analyzer.detectLanguage(query)
  const passages = await search(sql, workspace, analyzer.queryTerms(query, language))
  const kb = passages.map(({ content, createdAt, documentId, documentName, enabled, id, lang, score, source }) => ({
    chunk_id: id,
    content,
    created_at: Math.floor(createdAt.getTime() / 1000),
    document_id: documentId,
    document_name: documentName,
    enabled,
    lang,
    score: score / (score + 1),
    source
  }))
  const [best] = passages
  const said = await askModel(sql, { workspace, dialog, query }, passages)
  const text = said?.text ?? best?.pair?.answer ?? best?.content ?? "I don't know."
  const timestamp = Date.now()
  const agentLogs = [
    { type: "language", message: language.name, status: language.certain ? "certain" : "uncertain", timestamp },
    { type: "knowledge", kb, timestamp },
    {
      type: "knowledge_hit",
      name: agentName,
      message: best?.documentName ?? "",
      status: "success",
      kb: kb.slice(0, 1),
      entity: { name: "document", values: best === undefined ? [] : [best.documentName] },
      timestamp
    }
  ]
  const steps = ["knowledge", "answer"].map((name) => ({ name, startedAt: timestamp, durationMs: 0, outcome: "ok" }))
  return { tokens: said?.tokens ?? null, text, agentLogs, steps, timeline: [-1, -1, -1, text.length] }
}

const app = fastify()
const id = { type: "string", maxLength: 256 }
const body = {
  type: "object",
  required: ["query"],
  properties: { query: { type: "string", minLength: 1, maxLength: 32_000 }, dialogId: id, userId: id }
}
const meta = { width: 0, height: 0, size_kb: 0, duration: 0, format: "", coverUrl: "" }

app.get("/readyz", () => sql`select 1`)
app.post<{ Body: Request }>("/api/open/v4/butler/chat/completions", { schema: { body } }, async ({ body, headers }) => {
  const caller = await authenticate(headers.authorization)
  const accepted = await accept(caller, body)
  const answered = await answer(caller, accepted.dialog, body.query)
  await end(caller, accepted, answered)
  const { agentLogs, text } = answered
  const messages = [{ type: "assistant", contentType: "text", text, url: "", meta }]
  const data = { dialogId: accepted.dialog, agentLogs, messages, turnId: accepted.turn, status: "completed" }
  return { code: 200, message: "success", data }
})

await app.listen({ host: "127.0.0.1", port: Number(process.env["PORT"]) })
process.once("SIGTERM", () => void app.close().then(() => sql.end()))
