import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import {
  type Agent,
  AgentId,
  type Chatbot,
  ChatbotEntryId,
  chatbotOf,
  type ChatbotSettings,
  emptyChatbot,
  MAX_ENTRIES,
  addEntry,
  changeEntry,
  removeEntry,
  shapeAgent
} from "../../src/index.ts"

const agent: Agent = { id: AgentId.make("1"), name: "Butler", version: 1 }
const before = chatbotOf(agent)

const id = (last: number) => ChatbotEntryId.make(`17e23880-386e-492f-960c-4394baec297${last}`)
const persona = { id: id(1), title: "Ada", description: "", instructions: "You are Ada." }
const prompt = { id: id(2), title: "Brief", description: "", instructions: "Be brief.", temperature: 0.25 }

const dressed = (settings: ChatbotSettings): Chatbot => ({
  ...before,
  personas: [persona],
  prompts: [prompt],
  settings
})

const settingsAfter = (settings: ChatbotSettings) => shapeAgent(agent, before, dressed(settings)).settings

describe("shapeAgent", () => {
  it("puts instructions together: who the agent is, what it does, what it should know", () => {
    const prompts = { systemPrompt: "You are Bob.", userPrompt: "Be polite.", extraData: "We sell boats." }
    assert.strictEqual(settingsAfter(prompts)?.instructions, "You are Bob.\n\nBe polite.\n\nWe sell boats.")
    const assigned = { ...prompts, personaId: persona.id, promptId: prompt.id }
    assert.strictEqual(settingsAfter(assigned)?.instructions, "You are Ada.\n\nBe brief.\n\nWe sell boats.")
    assert.isUndefined(settingsAfter({ systemPrompt: "" })?.instructions)
  })

  it.each([
    [{ creativity: "restricted" }, 0],
    [{ creativity: "conservative", temperature: 0.9 }, 0.3],
    [{ creativity: "creative" }, 0.8],
    [{ creativity: "custom", temperature: 0.42 }, 0.42],
    [{ temperature: 0.42 }, 0.42],
    [{ creativity: "creative", promptId: prompt.id }, 0.25],
    [{}, undefined]
  ] satisfies ReadonlyArray<[ChatbotSettings, number | undefined]>)(
    "%o makes the temperature %s",
    (settings, expected) => {
      assert.strictEqual(settingsAfter(settings)?.temperature, expected)
    }
  )

  it("has visitors' details asked for, and gives the tool that keeps them, beside the agent's own", () => {
    const own: Agent = { ...agent, settings: { internalTools: ["hand_over"] } }
    const asking = dressed({ collectUserDetails: "MANDATORY", collectPhone: true })
    const shaped = shapeAgent(own, before, asking)
    assert.match(shaped.settings?.instructions ?? "", /before you answer anything: e-mail address, telephone number\./)
    assert.deepStrictEqual(shaped.settings?.internalTools, ["hand_over", "collect_details"])
    const offering = dressed({ collectUserDetails: "OPTIONAL", collectName: true })
    assert.match(shapeAgent(shaped, asking, offering).settings?.instructions ?? "", /^Answer first.*address, name\./)
    assert.deepStrictEqual(shapeAgent(shaped, asking, dressed({ collectUserDetails: "DO_NOT_COLLECT" })), own)
    assert.isUndefined(settingsAfter({ collectName: true }))
  })

  it("leaves alone what the agent was told elsewhere", () => {
    const own = { ...agent, settings: { instructions: "Of its own.", temperature: 1, passages: 3 } }
    const shaped = shapeAgent(own, before, dressed({ historyCount: 3 }))
    assert.deepStrictEqual(shaped.settings, { ...own.settings, historyMessages: 6 })
  })

  it("sets what the change names, also where only the agent was told otherwise", () => {
    const told = dressed({ systemPrompt: "Be kind.", temperature: 0.4, historyCount: 3, topK: 4 })
    const shaped = shapeAgent(agent, before, told)
    const own = { instructions: "Of its own.", temperature: 1, historyMessages: 2, passages: 9 }
    const elsewhere = { ...agent, settings: own }
    assert.deepStrictEqual(shapeAgent(elsewhere, told, told, ["rtl"]), elsewhere)
    assert.deepStrictEqual(shapeAgent(elsewhere, told, told, ["temperature"]).settings, { ...own, temperature: 0.4 })
    const all = ["systemPrompt", "temperature", "historyCount", "topK"] as const
    assert.deepStrictEqual(shapeAgent(elsewhere, told, told, all), shaped)
    const emptied = dressed({ systemPrompt: "" })
    assert.isUndefined(shapeAgent(elsewhere, emptied, emptied, ["systemPrompt"]).settings?.instructions)
    const free = dressed({ creativity: "custom", collectUserDetails: "DO_NOT_COLLECT" })
    assert.deepStrictEqual(shapeAgent(elsewhere, free, free, ["creativity", "collectUserDetails"]), elsewhere)
    const asking = dressed({ collectUserDetails: "OPTIONAL" })
    assert.deepStrictEqual(shapeAgent(elsewhere, asking, asking, ["collectUserDetails"]).settings, {
      ...own,
      ...shapeAgent(agent, before, asking).settings
    })
  })

  it("sets what a change of the assigned prompt names", () => {
    const chatbot = dressed({ promptId: prompt.id })
    const own = { ...agent, settings: { instructions: "Of its own.", temperature: 1 } }
    const after = (change: Partial<typeof prompt>) =>
      shapeAgent(own, chatbot, chatbot, Result.getOrThrow(changeEntry(chatbot, "prompts", prompt.id, change)).named)
    assert.deepStrictEqual(after({ title: "Brief" }), own)
    assert.deepStrictEqual(after({ temperature: 0.25 }).settings, { ...own.settings, temperature: 0.25 })
    assert.deepStrictEqual(after({ instructions: "Be brief." }).settings, {
      ...own.settings,
      instructions: "Be brief."
    })
  })

  it("takes away what it gave", () => {
    const given = dressed({ topK: 4, mode: "AGENT", promptId: prompt.id })
    const shaped = shapeAgent(agent, before, given)
    assert.deepStrictEqual(shaped.settings, {
      instructions: "Be brief.",
      temperature: 0.25,
      passages: 4,
      mode: "human"
    })
    assert.deepStrictEqual(shapeAgent(shaped, given, dressed({ mode: "AI" })), agent)
  })
})

describe("a chatbot's lists", () => {
  it("lose an assigned prompt with its assignment", () => {
    const chatbot = Result.getOrThrow(removeEntry(dressed({ promptId: prompt.id, rtl: true }), "prompts", prompt.id))
    assert.deepStrictEqual([chatbot.prompts, chatbot.settings], [[], { rtl: true }])
  })

  it("are bounded", () => {
    const full = { ...before, ...emptyChatbot, personas: Array.from({ length: MAX_ENTRIES }, () => persona) }
    assert.isTrue(Result.isFailure(addEntry(full, "personas", persona)))
    assert.isTrue(Result.isSuccess(addEntry(full, "prompts", prompt)))
  })
})
