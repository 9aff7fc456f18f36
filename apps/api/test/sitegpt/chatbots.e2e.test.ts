import { freshPglite } from "@butler/persistence/testing"
import { chatMessages, type ModelServer, startModelServer } from "@butler/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, textAt } from "../support/call.ts"
import { type Api, startApi } from "../support/startApi.ts"

const UNKNOWN = "00000000-0000-4000-8000-000000000000"

let model: ModelServer
let api: Api
let bot: string

beforeAll(async () => {
  model = await startModelServer(({ bodyText }) =>
    bodyText.includes("suggest_questions")
      ? {
          kind: "toolCalls",
          calls: [{ name: "suggest_questions", arguments: { questions: ["One?", "Two?", "Three?"] } }]
        }
      : { kind: "text", text: "from the model" }
  )
  const environment = { BUTLER_SAMPLE: "off", BUTLER_MODEL_URL: model.url, BUTLER_MODEL: "m" }
  api = await startApi(freshPglite, { environment })
  bot = `/api/v0/chatbots/${textAt((await call(api, "/v1/agents")).body, "data", 0, "id")}`
})
afterAll(async () => {
  await api.stop()
  await model.stop()
})

const patch = (path: string, json: unknown) => call(api, `${bot}${path}`, { method: "PATCH", json })
const post = (path: string, json: unknown) => call(api, `${bot}${path}`, { method: "POST", json })
const remove = (path: string) => call(api, `${bot}${path}`, { method: "DELETE" })
const chatbot = async () => at((await call(api, bot)).body, "data", "chatbot")
const done = (message: string, data: unknown) => ({ status: 200, body: { success: true, message, data } })

const answer = async (query: string) => {
  const { body } = await call(api, "/api/open/v4/butler/chat/completions", { json: { query } })
  return at(body, "data", "messages", 0, "text")
}

const smartPrompts = async () =>
  at((await post("/message", { message: "Which boat?" })).body, "data", "message", "smartPrompts")

describe("the envelope of the SiteGPT API", () => {
  it("says word for word that a key is not valid", async () => {
    for (const key of [null, "7f488a50-8a5a-9e34-9a04-1dad5bd548c3"]) {
      expect(await call(api, "/api/v0/chatbots", { key })).toMatchObject({
        status: 401,
        body: {
          success: false,
          message: "Failed to authenticate",
          data: null,
          error: {
            code: "API_KEY_NOT_VALID",
            message: "Authorization header does not contain valid API key",
            details: null
          }
        }
      })
    }
  })

  it.each([
    ["PUT", "/api/v0/chatbots", 405, "METHOD_NOT_ALLOWED"],
    ["GET", "/api/v0/nowhere", 404, "NOT_FOUND"],
    ["GET", "/api/v1/nowhere", 404, "NOT_FOUND"],
    ["GET", "/api/v0/chatbots/1", 404, "CHATBOT_NOT_FOUND"],
    ["GET", "/api/v0/chatbots/abc", 404, "CHATBOT_NOT_FOUND"],
    ["GET", "/api/v0/chatbots/9223372036854775808", 404, "CHATBOT_NOT_FOUND"],
    ["GET", "/api/v0/chatbots?limit=101&page=0", 400, "REQUEST_VALIDATION_FAILED"]
  ])("holds the refusal of %s %s", async (method, path, status, code) => {
    const answer = await call(api, path, { method })
    expect(answer).toMatchObject({ status, body: { success: false, data: null, error: { code } } })
    expect(answer.headers.get("content-type")).toContain("application/json")
  })

  it("names every wrong field, and a refused change changes nothing", async () => {
    const before = await chatbot()
    const { body, status } = await patch("/appearance", { title: 1, fontSize: "big", iconSize: "HUGE", rtl: true })
    expect([status, at(body, "error", "code")]).toEqual([400, "REQUEST_VALIDATION_FAILED"])
    expect(at(body, "error", "details")).toEqual([
      { path: ["title"], field: "title", message: "must be a string" },
      { path: ["fontSize"], field: "fontSize", message: "must be a number" },
      { path: ["iconSize"], field: "iconSize", message: expect.stringContaining("SMALL") }
    ])
    const details = [{ path: [], field: "", message: "the body is not valid JSON in UTF-8" }]
    const broken = await call(api, `${bot}/appearance`, { method: "PATCH", raw: "{" })
    expect(broken).toMatchObject({ status: 400, body: { error: { code: "REQUEST_VALIDATION_FAILED", details } } })
    const empty = await post("/quick-prompts", undefined)
    expect(at(empty.body, "error", "details")).toMatchObject([{ field: "title" }, { field: "description" }])
    for (const levels of [32, 50_000]) {
      const raw = `{"metadata":{"a":${"[".repeat(levels)}${"]".repeat(levels)}}}`
      const deep = await call(api, `${bot}/settings/general`, { method: "PATCH", raw })
      expect([deep.status, at(deep.body, "error", "details", 0, "field")]).toEqual([400, "metadata"])
    }
    const form = await call(api, `${bot}/appearance`, {
      method: "PATCH",
      raw: "a=b",
      headers: { "content-type": "application/x-www-form-urlencoded" }
    })
    expect(form).toMatchObject({ status: 400, body: { error: { code: "REQUEST_VALIDATION_FAILED" } } })
    expect(await chatbot()).toEqual(before)
  })
})

describe("a chatbot", () => {
  it("is every agent, and has little to say at first", async () => {
    const { body } = await call(api, "/api/v0/chatbots?page=1&limit=1")
    expect(body).toEqual({
      success: true,
      message: "Fetched all the chatbots successfully",
      data: { chatbots: [await chatbot()] }
    })
    expect(await chatbot()).toMatchObject({
      description: "",
      suggestions: [],
      nextSuggestions: [],
      prompts: [],
      settings: { mode: "AI", promptId: null, localization: { learnMore: "Learn more" } }
    })
    expect(at((await call(api, "/api/v0/chatbots?page=2")).body, "data")).toEqual({ chatbots: [] })
  })

  it("takes an appearance, and its title is the agent's name", async () => {
    const looks = { brandColor: "#ff0000", hideSources: true, iconSize: "2XL", distanceFromBottom: 32, height: 80.5 }
    const answer = await patch("/appearance", { title: "My Bot", learnMore: "More", ...looks, unknown: 1 })
    expect(answer).toMatchObject(done("Updated the chatbot appearance successfully", {}))
    await patch("/appearance", { rtl: true, brandColor: null })
    expect(await chatbot()).toMatchObject({
      title: "My Bot",
      settings: { ...looks, rtl: true, localization: { learnMore: "More" } }
    })
    expect(at((await call(api, "/v1/agents")).body, "data", 0, "name")).toBe("My Bot")
    for (const ctaLink of ["javascript:alert(1)", " https://example.com", "ftp://example.com"]) {
      expect((await patch("/appearance", { ctaLink })).status).toBe(400)
    }
  })

  it("takes settings, a group at a time", async () => {
    const general = {
      chatbotDescription: "Of boats",
      historyCount: 2,
      gptModel: "gpt-4",
      metadata: { a: [1, null, "\\u0000"] }
    }
    expect(await patch("/settings/general", general)).toMatchObject(
      done("Updated general settings of the chatbot successfully", {})
    )
    const userData = { collectUserDetails: "MANDATORY", collectName: true }
    expect(await patch("/settings/user-data", userData)).toMatchObject(
      done("Updated user-data settings of the chatbot successfully", {})
    )
    const words = { chatHome: { home: "Start" } }
    expect(await patch("/settings/localization", words)).toMatchObject(
      done("Updated localization settings of the chatbot successfully", {})
    )
    await patch("/settings/localization", { chatHome: { starting: "…" }, chatAccount: { otp: "PIN" } })
    const advanced = { webhookUrl: "https://example.com/hook", webhookToken: "t0ken", topK: 3 }
    expect(await patch("/settings/advanced", advanced)).toMatchObject(
      done("Updated advanced settings of the chatbot successfully", {})
    )
    const shown = await chatbot()
    expect(shown).toMatchObject({
      description: "Of boats",
      settings: {
        historyCount: 2,
        gptModel: "gpt-4",
        metadata: { a: [1, null, "\\u0000"] },
        ...userData,
        topK: 3,
        webhookUrl: "https://example.com/hook",
        localization: { chatHome: { home: "Start", starting: "…" }, chatAccount: { otp: "PIN" } }
      }
    })
    expect(JSON.stringify(shown)).not.toContain("t0ken")
    await patch("/settings/advanced", { webhookUrl: "" })
    expect(at(await chatbot(), "settings", "webhookUrl")).toBeUndefined()
  })

  it.each([
    ["general", { historyCount: 6 }, "historyCount"],
    ["general", { smartFollowUpPromptsCount: 0 }, "smartFollowUpPromptsCount"],
    ["general", { gptModel: "gpt-5" }, "gptModel"],
    ["general", { metadata: [] }, "metadata"],
    ["general", { metadata: { a: ["\ud800"] } }, "metadata"],
    ["general", { metadata: { "\0": 1 } }, "metadata"],
    ["advanced", { temperature: "abc" }, "temperature"],
    ["advanced", { temperature: 1.5 }, "temperature"],
    ["advanced", { topK: 1.5 }, "topK"],
    ["advanced", { webhookUrl: "http://169.254.169.254/" }, "webhookUrl"],
    ["advanced", { webhookToken: "two words" }, "webhookToken"],
    ["chat-mode", { chatMode: "HUMAN" }, "chatMode"],
    ["localization", { chatHome: { home: 1 } }, "chatHome.home"],
    ["user-data", { collectName: "yes" }, "collectName"]
  ])("is refused wrong %s settings %o", async (group, json, field) => {
    const before = await chatbot()
    const { body, status } = await patch(`/settings/${group}`, json)
    expect([status, at(body, "error", "details", 0, "field")]).toEqual([400, field])
    expect(await chatbot()).toEqual(before)
  })
})

describe("what settings do", () => {
  it("prompt, persona and temperature reach the model", async () => {
    const custom = { title: "Brief", description: "", instructions: "Be brief.", temperature: "0.25" }
    const added = await post("/settings/prompts", custom)
    expect(added).toMatchObject(
      done("Added a custom prompt to the chatbot successfully", { prompt: { ...custom, temperature: 0.25 } })
    )
    const ada = { title: "Ada", description: "", instructions: "You are Ada." }
    const persona = await post("/settings/personas", ada)
    const promptId = textAt(added.body, "data", "prompt", "id")
    const personaId = textAt(persona.body, "data", "persona", "id")
    expect(await post(`/settings/prompts/${promptId}/assign`, undefined)).toMatchObject(
      done("Assigned prompt to the chatbot successfully", null)
    )
    expect(await post(`/settings/personas/${personaId}/assign`, undefined)).toMatchObject(
      done("Assigned persona to the chatbot successfully", null)
    )
    expect(await answer("hello")).toBe("from the model")
    expect(model.requests.at(-1)?.body).toMatchObject({ temperature: 0.25 })
    expect(JSON.stringify(model.requests.at(-1)?.body)).toContain("You are Ada.\\n\\nBe brief.")
    await remove(`/settings/prompts/${promptId}`)
    await remove(`/settings/personas/${personaId}`)
    await patch("/settings/advanced", { creativity: "conservative" })
    await answer("hello")
    expect(model.requests.at(-1)?.body).toMatchObject({ temperature: 0.3 })
    expect(JSON.stringify(model.requests.at(-1)?.body)).not.toContain("Be brief.")
  })

  it.each([
    [{ creativity: "restricted", temperature: 0.9 }, 0],
    [{ creativity: "conservative" }, 0.3],
    [{ creativity: "creative" }, 0.8],
    [{ creativity: "custom", temperature: 0.42 }, 0.42]
  ])("%o makes the temperature of the model %s", async (settings, temperature) => {
    await patch("/settings/advanced", settings)
    await answer("hello")
    expect(model.requests.at(-1)?.body).toMatchObject({ temperature })
  })

  it("what the chatbot is told to be, do and know reaches the model", async () => {
    const told = { systemPrompt: "You are Bob.", userPrompt: "Be polite.", extraData: "We sell boats." }
    await patch("/settings/general", told)
    await answer("hello")
    expect(model.requests.at(-1)?.bodyText).toContain("You are Bob.\\n\\nBe polite.\\n\\nWe sell boats.")
    await patch("/settings/general", { systemPrompt: "", userPrompt: "", extraData: "" })
    await answer("hello")
    expect(model.requests.at(-1)?.bodyText).not.toContain("Bob")
  })

  it("what is set as it was is set all the same, where the agent was told otherwise since", async () => {
    const [advanced, general] = [{ creativity: "custom", temperature: 0.42 }, { systemPrompt: "You are Bob." }]
    await patch("/settings/advanced", advanced)
    await patch("/settings/general", general)
    const json = { temperature: 1, instructions: "You are Eve." }
    const agent = `/v1/agents/${textAt((await call(api, "/v1/agents")).body, "data", 0, "id")}`
    expect(await call(api, agent, { method: "PATCH", json })).toMatchObject({ status: 200, body: json })
    await patch("/settings/advanced", advanced)
    expect((await call(api, agent)).body).toMatchObject({ temperature: 0.42, instructions: "You are Eve." })
    await patch("/settings/general", general)
    expect((await call(api, agent)).body).toMatchObject({
      temperature: 0.42,
      instructions: expect.stringMatching(/^You are Bob\./u)
    })
    await patch("/settings/general", { systemPrompt: "" })
  })

  it("a model is told to ask who a visitor is, and has the tool that keeps it", async () => {
    await patch("/settings/user-data", { collectUserDetails: "OPTIONAL", collectName: true, collectPhone: false })
    await answer("hello")
    expect(model.requests.at(-1)?.bodyText).toContain("e-mail address, name.")
    expect(at(model.requests.at(-1)?.body, "tools", 0, "function", "name")).toBe("collect_details")
    await patch("/settings/user-data", { collectUserDetails: "DO_NOT_COLLECT" })
    await answer("hello")
    expect(model.requests.at(-1)?.bodyText).not.toContain("collect_details")
  })

  it("the history count limits which exchanges the model sees, and topK which passages", async () => {
    const pairs = Array.from({ length: 6 }, (_, index) => ({ question: `Boat ${index}?`, answer: `Boat ${index}.` }))
    await call(api, "/v1/knowledge/documents", { json: { name: "Boats", pairs } })
    await patch("/settings/general", { historyCount: 1, disableSmartFollowUpPrompts: true })
    await patch("/settings/advanced", { topK: 2 })
    for (const message of ["first boat", "second boat", "third boat"]) {
      await post("/message", { message, threadId: "limits" })
    }
    const { body, bodyText = "" } = model.requests.at(-1) ?? {}
    const said = chatMessages(body).filter(({ role }) => role !== "system")
    expect(said.map(({ role }) => role)).toEqual(["user", "assistant", "user"])
    expect([bodyText.includes("first boat"), bodyText.includes("second boat")]).toEqual([false, true])
    expect(bodyText.match(/passage\\":\d/g)).toHaveLength(2)
  })

  it("smart prompts are the model's, as many as the settings say; none are asked for where none are wanted", async () => {
    await patch("/settings/general", { smartFollowUpPromptsCount: 2, disableSmartFollowUpPrompts: false })
    expect(await smartPrompts()).toEqual(["One?", "Two?"])
    const asked = model.requests.length
    await answer("Which boat?")
    expect(model.requests.length).toBe(asked + 1)
    await patch("/settings/general", { disableSmartFollowUpPrompts: true })
    expect(await smartPrompts()).toEqual([])
    expect(model.requests.length).toBe(asked + 2)
  })

  it("the chat mode AGENT stops answers, on the butler face too, until it is AI again", async () => {
    expect(await patch("/settings/chat-mode", { chatMode: "AGENT" })).toMatchObject(
      done("Updated chat mode settings of the chatbot successfully", {})
    )
    const asked = model.requests.length
    expect(await answer("anybody?")).toBeUndefined()
    expect(model.requests.length).toBe(asked)
    await patch("/settings/chat-mode", { chatMode: "AI" })
    expect(await answer("and now?")).toBe("from the model")
  })
})

describe.each([
  ["quick-prompts", "prompts", "QUICK_PROMPT_NOT_FOUND", "quick prompt"],
  ["conversation-starters", "prompts", "QUICK_PROMPT_NOT_FOUND", "conversation starter"],
  ["follow-up-prompts", "followUpPrompts", "FOLLOW_UP_PROMPT_NOT_FOUND", "follow-up prompt"]
])("%s", (path, list, missing, what) => {
  it("are added, shown, changed and deleted", async () => {
    const entry = { title: "Prices", description: "What does it cost?", link: "https://example.com/prices" }
    expect(await post(`/${path}`, entry)).toMatchObject(done(`Added ${what} to the chatbot successfully`, {}))
    const all = await call(api, `${bot}/${path}`)
    expect(all).toMatchObject(done(`Fetched ${what}s of the chatbot successfully`, { [list]: [entry] }))
    const second = await call(api, `${bot}/${path}?page=2&limit=1`)
    expect(second).toMatchObject(done(`Fetched ${what}s of the chatbot successfully`, { [list]: [] }))
    const one = `/${path}/${textAt(all.body, "data", list, 0, "id")}`
    expect(await call(api, `${bot}${one}`)).toMatchObject(done(`Fetched ${what} of the chatbot successfully`, entry))
    expect(await patch(one, { link: null, title: "Cost" })).toMatchObject(
      done(`Updated ${what} of the chatbot successfully`, {})
    )
    const changed = { ...entry, link: null, title: "Cost" }
    expect((await call(api, `${bot}${one}`)).body).toMatchObject({ data: changed })
    expect(listAt(await chatbot(), list === "prompts" ? "suggestions" : "nextSuggestions")).toMatchObject([changed])
    expect(await remove(one)).toMatchObject(done(`Deleted ${what} of the chatbot successfully`, null))
    for (const gone of [await remove(one), await patch(one, { title: "a" }), await call(api, `${bot}${one}`)]) {
      expect(gone).toMatchObject({ status: 404, body: { error: { code: missing } } })
    }
  })

  it("are refused without a title, or with a dangerous link", async () => {
    const json = { description: 1, link: "javascript:alert(1)" }
    const { body, status } = await post(`/${path}`, json)
    expect(status).toBe(400)
    expect(listAt(body, "error", "details").map((issue) => at(issue, "field"))).toEqual([
      "title",
      "description",
      "link"
    ])
    expect(at((await call(api, `${bot}/${path}`)).body, "data", list)).toEqual([])
  })
})

describe.each([
  ["prompts", "prompt", { temperature: 0.5 }, "PROMPT_NOT_FOUND"],
  ["personas", "persona", {}, "PERSONA_NOT_FOUND"]
])("custom %s", (plural, kind, more, missing) => {
  it("are added, shown, changed and deleted", async () => {
    const entry = { title: "Brief", description: "Short", instructions: "Be brief.", ...more }
    const added = await post(`/settings/${plural}`, entry)
    expect(added).toMatchObject(done(`Added a custom ${kind} to the chatbot successfully`, { [kind]: entry }))
    const one = `/settings/${plural}/${textAt(added.body, "data", kind, "id")}`
    expect(await call(api, `${bot}/settings/${plural}`)).toMatchObject(
      done(`Fetched all the custom ${plural} of the chatbot successfully`, { [plural]: [entry] })
    )
    expect((await call(api, `${bot}/settings/${plural}?page=2`)).body).toMatchObject({ data: { [plural]: [] } })
    expect((await call(api, `${bot}/settings/${plural}?limit=0`)).status).toBe(400)
    expect(await call(api, `${bot}${one}`)).toMatchObject(
      done(`Fetched the custom ${kind} of the chatbot successfully`, { [kind]: entry })
    )
    expect(await patch(one, { title: "Long", instructions: null })).toMatchObject(
      done(`Updated custom ${kind} of the chatbot successfully`, { [kind]: { ...entry, title: "Long" } })
    )
    expect(await remove(one)).toMatchObject(done(`Deleted custom ${kind} of the chatbot successfully`, null))
    for (const gone of [await remove(one), await post(`${one}/assign`, {}), await patch(one, {})]) {
      expect(gone).toMatchObject({ status: 404, body: { error: { code: missing } } })
    }
    const never = await call(api, `${bot}/settings/${plural}/${UNKNOWN}`)
    expect(never).toMatchObject({ status: 404, body: { error: { code: missing } } })
  })

  it("are refused without instructions, or with a temperature that is none", async () => {
    const { body, status } = await post(`/settings/${plural}`, { title: "", description: "", temperature: "abc" })
    expect(status).toBe(400)
    expect(listAt(body, "error", "details").map((issue) => at(issue, "field"))).toEqual(
      expect.arrayContaining(kind === "prompt" ? ["title", "instructions", "temperature"] : ["title", "instructions"])
    )
    expect(at((await call(api, `${bot}/settings/${plural}`)).body, "data", plural)).toEqual([])
  })
})
