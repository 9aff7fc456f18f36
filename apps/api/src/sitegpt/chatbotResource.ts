import type { ChatbotResource } from "@butler/contracts"
import type { Chatbot, Entitlement, WorkspaceId } from "@butler/domain"
import { iconUrls } from "./iconUrls.ts"

/** What a widget shows until somebody has decided otherwise. */
const DEFAULTS = {
  mode: "AI",
  welcomeMessage: "Hello! How can I assist you today?",
  placeholderText: "Ask me anything...",
  brandColor: "#2563eb",
  brandTextColor: "#FFFFFF",
  fontSize: 14,
  height: 85,
  watermarkText: "Powered by SiteGPT",
  distanceFromBottom: 16,
  horizontalDistance: 16,
  iconSize: "SMALL",
  iconPosition: "RIGHT",
  smartFollowUpPromptsCount: 3
} as const

/** Whose chatbots are shown: a workspace's, which a white-label user may be. */
export interface Owner {
  readonly workspaceId: WorkspaceId
  readonly entitlement: Entitlement | null
}

/** A chatbot as it is shown: with the defaults. */
export const chatbotResource = (
  { entitlement, workspaceId }: Owner,
  chatbot: Chatbot,
  origin: string
): ChatbotResource => {
  const { localization, ...settings } = chatbot.settings
  return {
    id: chatbot.id,
    title: chatbot.title,
    description: chatbot.description,
    createdById: entitlement?.userId ?? workspaceId,
    createdByEmail: entitlement?.email ?? "",
    suggestions: chatbot.quickPrompts,
    nextSuggestions: chatbot.followUpPrompts,
    prompts: chatbot.prompts,
    settings: {
      ...DEFAULTS,
      ...settings,
      ...iconUrls(settings, origin),
      ...(entitlement?.features.watermark === false && { hideWatermark: true }),
      promptId: settings.promptId ?? null,
      localization: { learnMore: "Learn more", ...localization }
    }
  }
}
