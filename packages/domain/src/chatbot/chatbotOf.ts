import { Struct } from "effect"
import type { Agent, AgentSettings } from "../agent/Agent.ts"
import { type Chatbot, type ChatbotContent, emptyChatbot } from "./Chatbot.ts"

/** The agent's own count of suggestions is the one that holds; none at all is what switches them off. */
const withSuggestions = (content: ChatbotContent, count: number | undefined): ChatbotContent => {
  if (count === undefined) return content
  const settings =
    count === 0
      ? { ...content.settings, disableSmartFollowUpPrompts: true }
      : { ...content.settings, disableSmartFollowUpPrompts: false, smartFollowUpPromptsCount: count }
  return { ...content, settings }
}

/** So is whether the agent answers at all. */
const withMode = (content: ChatbotContent, mode: AgentSettings["mode"]): ChatbotContent => {
  const { settings } = content
  const people = mode === "human"
  if (people === (settings.mode === "AGENT")) return content
  return { ...content, settings: { ...settings, mode: people ? "AGENT" : "AI" } }
}

/** The agent with what it is dressed in, if anything. */
export const chatbotOf = (
  { id, name, settings }: Pick<Agent, "id" | "name" | "settings">,
  content: ChatbotContent = emptyChatbot
): Chatbot => ({
  id,
  title: name,
  ...withMode(withSuggestions(content, settings?.suggestions?.count), settings?.mode)
})

/** What a chatbot has beside its agent. */
export const contentOf = (chatbot: Chatbot): ChatbotContent => Struct.omit(chatbot, ["id", "title"])
