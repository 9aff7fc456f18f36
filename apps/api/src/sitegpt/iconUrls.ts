import { type ChatbotSettings, ICON_SETTINGS } from "@butler/domain"
import type { FastifyRequest } from "fastify"

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
