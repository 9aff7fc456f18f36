import { Struct } from "effect"
import type { Agent } from "../agent/Agent.ts"
import { type Chatbot, type ChatbotContent, emptyChatbot } from "./Chatbot.ts"

/** The agent with what it is dressed in, if anything. */
export const chatbotOf = (
  { id, name }: Pick<Agent, "id" | "name">,
  content: ChatbotContent = emptyChatbot
): Chatbot => ({
  id,
  title: name,
  ...content
})

/** What a chatbot has beside its agent. */
export const contentOf = (chatbot: Chatbot): ChatbotContent => Struct.omit(chatbot, ["id", "title"])
