import { Equal, Struct } from "effect"
import type { Agent, AgentSettings } from "../agent/Agent.ts"
import type { ChangedChatbot, Chatbot } from "./Chatbot.ts"
import type { Creativity } from "./ChatbotSettings.ts"

const TEMPERATURE: Readonly<Record<Exclude<Creativity, "custom">, number>> = {
  restricted: 0,
  conservative: 0.3,
  creative: 0.8
}

const promptOf = ({ prompts, settings }: Chatbot) => prompts.find(({ id }) => id === settings.promptId)

/** What visitors are asked for; an address is what a widget asks for first. */
const collected = ({ settings }: Chatbot): ReadonlyArray<string> => {
  const { collectName, collectPhone, collectUserDetails: collect = "DO_NOT_COLLECT" } = settings
  if (collect === "DO_NOT_COLLECT") return []
  const more = [...(collectName === true ? ["name"] : []), ...(collectPhone === true ? ["telephone number"] : [])]
  return ["e-mail address", ...more]
}

/** How an agent is told to ask for them. Its tool keeps what it is told. */
const collectingOf = (chatbot: Chatbot): string | undefined => {
  const wanted = collected(chatbot).join(", ")
  if (wanted === "") return undefined
  return chatbot.settings.collectUserDetails === "MANDATORY"
    ? `Unless the contact has told it in this conversation, ask for this before you answer anything: ${wanted}. Keep it with the tool collect_details as soon as it is told, and then answer.`
    : `Answer first. Unless the contact has told it in this conversation or would not, offer once that they may leave this: ${wanted}. Keep it with the tool collect_details as soon as it is told.`
}

/** Who the agent is to be, what it is to do and what it should know; nothing when nobody has said. */
const instructionsOf = (chatbot: Chatbot): string | undefined => {
  const { extraData, personaId, systemPrompt, userPrompt } = chatbot.settings
  const persona = chatbot.personas.find(({ id }) => id === personaId)
  const told = [
    persona?.instructions ?? systemPrompt,
    promptOf(chatbot)?.instructions ?? userPrompt,
    extraData,
    collectingOf(chatbot)
  ]
  return told.filter((part) => part !== undefined && part !== "").join("\n\n") || undefined
}

/** An assigned prompt brings its own. */
const temperatureOf = (chatbot: Chatbot): number | undefined => {
  const { creativity, temperature } = chatbot.settings
  const prompt = promptOf(chatbot)
  if (prompt !== undefined) return prompt.temperature
  return creativity === undefined || creativity === "custom" ? temperature : TEMPERATURE[creativity]
}

/** How many questions are offered behind an answer, where somebody has said. */
const suggestionsOf = ({ settings }: Chatbot): AgentSettings["suggestions"] => {
  const { disableSmartFollowUpPrompts, smartFollowUpPromptsCount: count } = settings
  if (disableSmartFollowUpPrompts === true) return { count: 0 }
  return count === undefined ? undefined : { count }
}

/** What a chatbot decides of its agent. A question and its answer are two messages. */
const shapeOf = (chatbot: Chatbot) => ({
  instructions: instructionsOf(chatbot),
  temperature: temperatureOf(chatbot),
  historyMessages: chatbot.settings.historyCount === undefined ? undefined : 2 * chatbot.settings.historyCount,
  passages: chatbot.settings.topK,
  suggestions: suggestionsOf(chatbot),
  mode: chatbot.settings.mode === "AGENT" ? ("human" as const) : undefined
})

const shaped = <A>(now: A | undefined, from: A | undefined, to: A | undefined, isNamed = false): A | undefined =>
  Equal.equals(from, to) && !isNamed ? now : to

/** Which of it a change names. A creativity or a temperature that comes to nothing, and details that nobody wants, name nothing. */
const namesOf = (after: Chatbot, named: NonNullable<ChangedChatbot["named"]>) => {
  const names = (...keys: typeof named) => keys.some((key) => named.includes(key))
  const isCollecting = collected(after).length > 0 && names("collectUserDetails", "collectName", "collectPhone")
  return {
    instructions:
      isCollecting || names("instructions", "personaId", "promptId", "systemPrompt", "userPrompt", "extraData"),
    temperature: temperatureOf(after) !== undefined && names("promptId", "creativity", "temperature"),
    historyMessages: names("historyCount"),
    passages: names("topK"),
    collecting: names("collectUserDetails")
  }
}

/** Butler's own tools with the one that keeps details, as far as the change concerns it. */
const toolsAfter = (
  now: AgentSettings["internalTools"],
  from: Chatbot,
  to: Chatbot,
  isNamed: boolean
): AgentSettings["internalTools"] => {
  const [was, is] = [from, to].map((chatbot) => collected(chatbot).length > 0)
  const has = now?.includes("collect_details") === true
  if (has === is || (was === is && !isNamed)) return now
  const others = (now ?? []).filter((tool) => tool !== "collect_details")
  const tools = is === true ? [...others, "collect_details" as const] : others
  return tools.length === 0 ? undefined : tools
}

/**
 * The agent as a change of its chatbot leaves it. What the change does not concern stays, also where it was set on the agent
 * itself; what it names is set, also where the chatbot had it so before.
 */
export const shapeAgent = (
  { settings = {}, ...agent }: Agent,
  before: Chatbot,
  after: Chatbot,
  named: ChangedChatbot["named"] = []
): Agent => {
  const was = shapeOf(before)
  const is = shapeOf(after)
  const names = namesOf(after, named)
  const instructions = shaped(settings.instructions, was.instructions, is.instructions, names.instructions)
  const temperature = shaped(settings.temperature, was.temperature, is.temperature, names.temperature)
  const historyMessages = shaped(
    settings.historyMessages,
    was.historyMessages,
    is.historyMessages,
    names.historyMessages
  )
  const passages = shaped(settings.passages, was.passages, is.passages, names.passages)
  const suggestions = shaped(settings.suggestions, was.suggestions, is.suggestions)
  const internalTools = toolsAfter(settings.internalTools, before, after, names.collecting)
  const mode = shaped(settings.mode, was.mode, is.mode)
  const next: AgentSettings = {
    ...Struct.omit(settings, [
      "instructions",
      "temperature",
      "historyMessages",
      "passages",
      "suggestions",
      "internalTools",
      "mode"
    ]),
    ...(instructions !== undefined && { instructions }),
    ...(temperature !== undefined && { temperature }),
    ...(historyMessages !== undefined && { historyMessages }),
    ...(passages !== undefined && { passages }),
    ...(suggestions !== undefined && { suggestions }),
    ...(internalTools !== undefined && { internalTools }),
    ...(mode !== undefined && { mode })
  }
  return { ...agent, name: after.title, ...(Object.keys(next).length > 0 && { settings: next }) }
}
