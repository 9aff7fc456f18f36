import type { ChatbotSettings, IconType } from "@butler/domain"
import type { FastifyRequest } from "fastify"

/** Where the settings show the id of each picture. */
export const ICON_SETTINGS = {
  BOT: "iconSrcId",
  PERSON: "personIconSrcId",
  AGENT: "agentIconSrcId",
  WATERMARK: "watermarkIconSrcId",
  CHAT_BUBBLE: "bubbleIconSrcId"
} as const satisfies Record<IconType, keyof ChatbotSettings>

/** Where the caller reached this server, as the proxies in front of it say. */
export const originOf = ({ host, protocol }: Pick<FastifyRequest, "host" | "protocol">): string =>
  `${protocol}://${host}`

/** The address of each picture, beside its id: `iconSrcUrl` beside `iconSrcId`. */
export const iconUrls = (settings: ChatbotSettings, origin: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.values(ICON_SETTINGS).flatMap((key) => {
      const id = settings[key]
      return id === undefined ? [] : [[key.replace(/Id$/, "Url"), `${origin}/api/v0/icons/${id}`]]
    })
  )
