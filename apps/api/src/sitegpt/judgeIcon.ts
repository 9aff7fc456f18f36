import type { Icon } from "@butler/domain"
import { Effect } from "effect"
import { imageSize } from "image-size"
import { refuseIssues } from "../v1/webhooks/endpointIssues.ts"

export const MAX_ICON_BYTES = 1_048_576

const MAX_SIDE = 4096

const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  ico: "image/x-icon"
}

const wrong = (message: string) => refuseIssues([{ path: "iconSrc", message }])

/** The picture that the bytes are, whatever they are called; SVG, which can hold programs, is none. */
export const judgeIcon = Effect.fn("judgeIcon")(function* (bytes: Uint8Array) {
  if (bytes.length > MAX_ICON_BYTES) return yield* wrong("must have at most 1 MB")
  const {
    height,
    type = "",
    width
  } = yield* Effect.try({
    try: () => imageSize(bytes),
    catch: () => wrong("must be a PNG, JPEG, GIF, WebP or ICO picture")
  })
  const contentType = TYPES[type]
  if (contentType === undefined) return yield* wrong("must be a PNG, JPEG, GIF, WebP or ICO picture")
  if (!(width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE)) {
    return yield* wrong("must have 1 to 4,096 pixels a side")
  }
  const icon: Icon = { contentType, bytes }
  return icon
})
