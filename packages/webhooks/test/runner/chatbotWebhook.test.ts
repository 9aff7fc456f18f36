import {
  acceptTurn,
  Chatbots,
  Deliveries,
  Handovers,
  Ids,
  Messages,
  SigningSecrets,
  type ThreadPlace,
  Threads,
  type TurnEffect,
  Turns,
  WebhookEndpoints
} from "@butler/domain"
import { command, newWorkspace } from "@butler/domain/testing"
import { query } from "@butler/persistence"
import { assert, layer } from "@effect/vitest"
import { Effect, Result, Struct } from "effect"
import { sql } from "kysely"
import { Webhook } from "standardwebhooks"
import { defaultDeliveryRunnerOptions, DeliveryRunner, makeSecret } from "../../src/index.ts"
import { receiver } from "../send/receivers.ts"
import { claimFresh, eventually, hasten, worlds } from "./world.ts"

interface Body {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

const LONG_MS = 600_000

const failsOnce = (_: unknown, index: number) => ({ kind: "status", status: index === 0 ? 500 : 200 }) as const

const details = (given: Readonly<Record<string, string>>) => [{ _tag: "ContactDetails", details: given } as const]

const reply = (content: string) =>
  Ids.use((ids) => Effect.map(ids.messageId, (id) => ({ id, contentType: "text" as const, content, url: "" })))

const failed = {
  status: "failed",
  error: { type: "model_failed", detail: "no answer" },
  agentLogs: [],
  steps: []
} as const

/** A chatbot that tells a receiver what happens in its threads. */
const chatbot = Effect.fnUntraced(function* (...script: Parameters<typeof receiver>) {
  const { agent, workspaceId } = yield* newWorkspace
  const at = yield* receiver(...script)
  const chatbots = yield* Chatbots
  const set = (settings: { readonly webhookUrl?: string | null; readonly disableLeadNotifications?: boolean }) =>
    chatbots.change(workspaceId, agent.id, (now) => {
      const { webhookUrl = now.settings.webhookUrl, ...others } = settings
      const kept = { ...Struct.omit(now.settings, ["webhookUrl"]), ...others, ...(webhookUrl && { webhookUrl }) }
      return Result.succeed({ ...now, settings: kept, webhookToken: "t0ken" })
    })
  yield* set({ webhookUrl: `${at.url}/chatbot` })
  const bodies = Effect.sync(() => at.requests.map(({ body }): Body => JSON.parse(body)))
  const told = (count: number) => eventually(bodies, (all) => all.length >= count)
  const ask = (given: Parameters<typeof command>[1] = {}) =>
    acceptTurn(command(workspaceId, { leaseMs: LONG_MS, agentId: agent.id, ...given }))
  const endpoints = (threadId: ThreadPlace["threadId"] | null = null) =>
    WebhookEndpoints.use((all) => all.ofChatbot(workspaceId, agent.id, threadId))
  return { ...at, agent, workspaceId, set, told, ask, endpoints }
})

const shown = ({ data, event }: Body) => [event, data["messageType"], data["question"], data["answer"]]

const answer = Effect.fnUntraced(function* (
  accepted: Effect.Success<ReturnType<typeof acceptTurn>>,
  content: ReadonlyArray<string>,
  effects: ReadonlyArray<TurnEffect> = []
) {
  if (accepted.runnable === null) return yield* Effect.die("the dialog is busy")
  const replies = yield* Effect.forEach(content, reply)
  yield* (yield* Turns).end(accepted.runnable, { status: "completed", replies, effects, agentLogs: [], steps: [] })
})

for (const { name, running, store } of worlds) {
  layer(running, { excludeTestServices: true, timeout: "60 seconds" })(`webhooks of chatbots (${name})`, (it) => {
    it.effect("each exchange is told of once, in order, as the thread shows it, with the token and signed", () =>
      Effect.gen(function* () {
        const { agent, ask, endpoints, requests, told, workspaceId } = yield* chatbot()
        const extra = { iconUrl: "https://example.com/i.png", agentName: "Ada" }
        const first = yield* ask({ query: "Hello", extra })
        yield* answer(first, ["Good day.", "How are you?"])
        const { dialogId } = first
        const second = yield* ask({ dialogId, query: "Well" })
        if (second.runnable !== null) yield* (yield* Turns).end(second.runnable, failed)
        const said = { workspaceId, dialogId, contentType: "text", url: "" } as const
        const post = (sender: "person" | "system", content: string, id: string | null = null) =>
          Effect.flatMap(
            Ids.use((ids) => ids.messageId),
            (messageId) =>
              Messages.use((messages) => messages.post({ ...said, messageId, content, sender: { type: sender, id } }))
          )
        yield* post("person", "I am Ada.", "ada")
        yield* post("system", "Ada came.")
        const all = yield* told(4)
        assert.deepStrictEqual(all.map(shown), [
          ["ADD_MESSAGE", "NORMAL_MESSAGE", "Hello", "Good day.\nHow are you?"],
          ["ADD_MESSAGE", "NORMAL_MESSAGE", "Well", ""],
          ["ADD_MESSAGE", "AGENT_MESSAGE", "", "I am Ada."],
          ["ADD_MESSAGE", "SYSTEM_MESSAGE", "", "Ada came."]
        ])
        const messages = yield* Threads.use((threads) => threads.messages(workspaceId, dialogId, 100))
        assert.deepStrictEqual(
          all.map(({ data }) => data["messageId"]),
          messages.map(({ id }) => id)
        )
        assert.deepInclude(all[0]?.data, {
          chatbotId: agent.id,
          threadId: dialogId,
          gptModel: "gpt-3.5-turbo",
          sources: [],
          agentId: null,
          ...extra,
          systemMessageType: null
        })
        assert.strictEqual(all[1]?.data["systemMessageType"], "PROBLEMS_WITH_UPSTREAM_PROVIDER")
        assert.strictEqual(all[2]?.data["agentId"], "ada")
        const [endpoint] = yield* endpoints()
        assert.isDefined(endpoint)
        const [secret] = yield* SigningSecrets.use((secrets) =>
          secrets.valid({ workspaceId, endpointId: endpoint.id }, makeSecret())
        )
        assert.isDefined(secret)
        for (const { body, headers, path, rawHeaders } of requests) {
          assert.strictEqual(path, "/chatbot")
          assert.deepInclude(headers, { "content-type": "application/json", "x-webhook-token": "t0ken" })
          assert.include(rawHeaders, "X-WEBHOOK-TOKEN")
          assert.notProperty(headers, "tenant_id")
          const named = Object.entries(headers).map(([header, value]) => [header, String(value)])
          new Webhook(secret.secret).verify(body, Object.fromEntries(named))
        }
        const listed = yield* Deliveries.use((deliveries) =>
          deliveries.list({ workspaceId, endpointId: endpoint.id, status: null, after: null, limit: 100 })
        )
        assert.deepStrictEqual(
          listed.map(([{ event, messageId }]) => [event, messageId]).toReversed(),
          messages.map(({ id }) => ["ADD_MESSAGE", id])
        )
        const pulled = yield* Deliveries.use((deliveries) =>
          deliveries.events({ workspaceId, endpointId: endpoint.id, after: null, limit: 100 })
        )
        assert.deepStrictEqual(
          pulled.map(({ content }) => (content.thread?.event === "ADD_MESSAGE" ? content.thread.message : null)),
          [...messages]
        )
      })
    )

    it.effect("a question that gets no answer of its own is told of once, whatever ended it", () =>
      Effect.gen(function* () {
        const { ask, told, workspaceId } = yield* chatbot()
        const turns = yield* Turns
        const first = yield* ask({ query: "one" })
        const more = { dialogId: first.dialogId, onBusy: "coalesce" } as const
        yield* ask({ ...more, query: "two" })
        yield* ask({ ...more, query: "three" })
        const last = yield* ask({ ...more, query: "four", onBusy: "supersede" })
        yield* answer(last, ["All of it."])
        const next = yield* ask({ dialogId: first.dialogId, query: "five" })
        yield* turns.cancel(workspaceId, next.turnId)
        yield* turns.cancel(workspaceId, next.turnId)
        const all = yield* told(5)
        assert.deepStrictEqual(
          all.map(({ data }) => [data["question"], data["answer"]]),
          [
            ["three", ""],
            ["one", ""],
            ["two", ""],
            ["four", "All of it."],
            ["five", ""]
          ]
        )
        const messages = yield* Threads.use((threads) => threads.messages(workspaceId, first.dialogId, 100))
        assert.sameMembers(
          all.map(({ data }) => data["messageId"]),
          messages.map(({ id }) => id)
        )
      })
    )

    it.effect("an escalation is told of behind the messages, once; what visitors say then is left to people", () =>
      Effect.gen(function* () {
        const { agent, ask, told, workspaceId } = yield* chatbot()
        const first = yield* ask({ query: "A person!" })
        const { dialogId } = first
        yield* answer(first, ["Of course."], [{ _tag: "HandOver", reason: "asked for a person" }])
        yield* ask({ dialogId, query: "Anybody?" })
        const handovers = yield* Handovers
        const request = { workspaceId, dialogId, reason: "again", closing: null, escalates: true }
        yield* handovers.handOver(request)
        yield* handovers.handBack(workspaceId, dialogId)
        yield* handovers.handOver({ ...request, escalates: false })
        yield* handovers.handBack(workspaceId, dialogId)
        const open = yield* ask({ dialogId, query: "Hello?" })
        const closing = { messageId: yield* Ids.use((ids) => ids.messageId), content: "Bye." }
        yield* handovers.handOver({ ...request, closing })
        assert.isNotNull(open.runnable)
        const all = yield* told(6)
        assert.deepStrictEqual(all.map(shown), [
          ["ADD_MESSAGE", "NORMAL_MESSAGE", "A person!", "Of course."],
          ["CONVERSATION_ESCALATED", undefined, undefined, undefined],
          ["ADD_MESSAGE", "USER_MESSAGE", "Anybody?", ""],
          ["ADD_MESSAGE", "USER_MESSAGE", "Hello?", ""],
          ["ADD_MESSAGE", "AGENT_MESSAGE", "", "Bye."],
          ["CONVERSATION_ESCALATED", undefined, undefined, undefined]
        ])
        const [, escalated] = all
        assert.deepInclude(escalated?.data, {
          chatbotId: agent.id,
          threadId: dialogId,
          chatUser: null,
          escalationPrompt: "asked for a person"
        })
        assert.match(String(escalated?.data["escalatedAt"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
        const found = yield* Threads.use((threads) =>
          threads.list({ workspaceId, chatbotId: agent.id }, { offset: 0, limit: 1 })
        )
        assert.deepInclude(found[0], { escalated: true, mode: "AGENT" })
      })
    )

    it.effect("a lead is told of when something of the visitor is new, unless nobody wants to know", () =>
      Effect.gen(function* () {
        const { agent, ask, set, told, workspaceId } = yield* chatbot()
        const first = yield* ask({ query: "I am Ada" })
        const { dialogId } = first
        yield* answer(first, ["Hello Ada."], details({ name: "Ada", order: "7" }))
        yield* answer(yield* ask({ dialogId, query: "Order 8" }), ["Yes."], details({ name: "Ada", order: "8" }))
        const threads = yield* Threads
        const place = { workspaceId, chatbotId: agent.id, threadId: dialogId }
        yield* threads.change(place, { chatUser: { email: "ada@example.com" } })
        yield* threads.change(place, { chatUser: { email: "ada@example.com" } })
        yield* set({ disableLeadNotifications: true })
        yield* threads.change(place, { chatUser: { phoneNumber: "1" } })
        yield* set({ disableLeadNotifications: false })
        yield* threads.change(place, { chatUser: { phoneNumber: "2" } })
        const all = yield* told(5)
        assert.deepStrictEqual(
          all.map(({ event }) => event),
          ["ADD_MESSAGE", "LEAD_COLLECTED", "ADD_MESSAGE", "LEAD_COLLECTED", "LEAD_COLLECTED"]
        )
        const user = all[4]?.data["chatUser"]
        assert.deepInclude(user, { name: "Ada", email: "ada@example.com", phoneNumber: "2" })
        assert.deepInclude(all[1]?.data["chatUser"], { name: "Ada", email: null, phoneNumber: null })
      })
    )

    it.effect("a thread's own address and token come before the chatbot's, each by itself; none ends it", () =>
      Effect.gen(function* () {
        const { agent, ask, endpoints, requests, set, told, url, workspaceId } = yield* chatbot()
        const threads = yield* Threads
        const first = yield* ask({ query: "one" })
        const { dialogId } = first
        const place = { workspaceId, chatbotId: agent.id, threadId: dialogId }
        yield* threads.change(place, { webhookUrl: `${url}/thread` })
        yield* answer(first, ["1"])
        yield* told(1)
        yield* threads.change(place, { webhookToken: "own" })
        yield* answer(yield* ask({ dialogId, query: "two" }), ["2"])
        yield* told(2)
        yield* threads.change(place, { webhookUrl: null })
        yield* answer(yield* ask({ dialogId, query: "three" }), ["3"])
        yield* told(3)
        assert.lengthOf(yield* endpoints(dialogId), 1)
        yield* answer(yield* ask({ query: "elsewhere" }), ["4"])
        yield* told(4)
        yield* set({ webhookUrl: "" })
        yield* answer(yield* ask({ query: "nobody" }), ["5"])
        assert.deepStrictEqual(yield* endpoints(dialogId), [])
        yield* set({ webhookUrl: `${url}/again` })
        yield* answer(yield* ask({ query: "back" }), ["6"])
        yield* told(5)
        assert.deepStrictEqual(
          requests.map(({ headers, path }) => [path, headers["x-webhook-token"]]),
          [
            ["/thread", "t0ken"],
            ["/thread", "own"],
            ["/chatbot", "own"],
            ["/chatbot", "t0ken"],
            ["/again", "t0ken"]
          ]
        )
      })
    )

    it.effect("a second attempt has the same id and body, whatever was set meanwhile", () =>
      Effect.gen(function* () {
        const { agent, ask, received, requests, workspaceId } = yield* chatbot(failsOnce)
        yield* answer(yield* ask(), ["On its way."])
        yield* Effect.promise(() => received(1))
        yield* Chatbots.use((chatbots) =>
          chatbots.change(workspaceId, agent.id, (now) =>
            Result.succeed({ ...now, settings: { ...now.settings, gptModel: "gpt-4" } })
          )
        )
        yield* eventually(
          Effect.andThen(
            hasten(workspaceId),
            Effect.sync(() => requests.length)
          ),
          (count) => count === 2
        )
        const [first, second] = requests
        assert.isString(first?.headers["webhook-id"])
        assert.strictEqual(second?.headers["webhook-id"], first?.headers["webhook-id"])
        assert.strictEqual(second?.body, first?.body)
        assert.strictEqual(second?.headers["x-webhook-token"], "t0ken")
      })
    )

    it.effect("tokens lie encrypted; one that lies there as it is works, and is encrypted at its first use", () =>
      Effect.gen(function* () {
        const { agent, ask, requests, told, workspaceId } = yield* chatbot()
        const stored = query("test.tokens", (db) =>
          sql<{ readonly token: string }>`
            select webhook_token as token from chatbot where workspace_id = ${workspaceId}::uuid
            union all
            select webhook_token from thread where workspace_id = ${workspaceId}::uuid`.execute(db)
        ).pipe(Effect.map(({ rows }) => rows.map(({ token }) => token)))
        const first = yield* ask()
        const place = { workspaceId, chatbotId: agent.id, threadId: first.dialogId }
        yield* Threads.use((threads) => threads.change(place, { webhookToken: "own" }))
        const sealed = yield* stored
        assert.lengthOf(sealed, 2)
        for (const token of sealed) assert.match(token, /^plain:/)
        yield* query("test.clear", (db) =>
          sql`update thread set webhook_token = 'clear' where workspace_id = ${workspaceId}::uuid`.execute(db)
        )
        yield* answer(first, ["On its way."])
        yield* told(1)
        assert.strictEqual(requests[0]?.headers["x-webhook-token"], "clear")
        const now = yield* stored
        assert.lengthOf(now, 2)
        for (const token of now) assert.match(token, /^plain:/)
      })
    )
  })

  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`lost webhooks of chatbots (${name})`, (it) => {
    it.effect("what a dead process had claimed is sent by another, once its lease is over", () =>
      Effect.gen(function* () {
        const { ask, told, workspaceId } = yield* chatbot()
        yield* answer(yield* ask({ query: "Hello" }), ["Good day."])
        const [work] = yield* claimFresh(300)
        assert.strictEqual(work?.lease.workspaceId, workspaceId)
        yield* Effect.gen(function* () {
          const [body] = yield* told(1)
          assert.deepInclude(body?.data, { question: "Hello", answer: "Good day." })
        }).pipe(Effect.provide(DeliveryRunner.layer({ ...defaultDeliveryRunnerOptions, drainMs: 100 })))
      })
    )

    it.effect("another address is that of the same endpoint, and without one nothing is owed", () =>
      Effect.gen(function* () {
        const { ask, endpoints, set, workspaceId } = yield* chatbot()
        const [before] = yield* endpoints()
        yield* set({ webhookUrl: "http://127.0.0.1:1/other" })
        const [after] = yield* endpoints()
        assert.strictEqual(after?.id, before?.id)
        assert.strictEqual(after?.url, "http://127.0.0.1:1/other")
        yield* set({ webhookUrl: "" })
        yield* answer(yield* ask(), ["Nobody hears."])
        const claimed = yield* claimFresh(300)
        assert.isFalse(claimed.some(({ lease }) => lease.workspaceId === workspaceId))
      })
    )
  })
}
