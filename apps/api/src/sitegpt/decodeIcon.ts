import type { Icon } from "@butler/domain"
import { Effect, Semaphore } from "effect"
import { refuseIssues } from "../v1/webhooks/endpointIssues.ts"

export const MAX_ICON_BYTES = 1_048_576

const MAX_SIDE = 4096

/** Over all frames of an animated picture: 64 MB when it is decoded. */
const MAX_PIXELS = MAX_SIDE * MAX_SIDE

const TIMEOUT_S = 10

/** Bounds what pictures that are being decoded take. */
const places = Semaphore.makeUnsafe(2)

/** SVG, which can hold programs, and what else libvips reads is none of them. */
const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp"
}

const LOADERS = ["Png", "Jpeg", "Nsgif", "Webp"].map((name) => `VipsForeignLoad${name}`)

/** Loaded at the first upload: it costs some 10 MB. */
const library = Effect.promise(async () => {
  const { default: sharp } = await import("sharp")
  sharp.block({ operation: ["VipsForeignLoad"] })
  sharp.unblock({ operation: LOADERS })
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
})

const wrong = (message: string) => refuseIssues([{ path: "iconSrc", message }])

const NO_PICTURE = wrong("must be a whole PNG, JPEG, GIF or WebP picture")

/** What fails may be a picture all the same: one that is cut off, or too large to be decoded. */
const attempt = <A>(work: () => Promise<A>) => Effect.tryPromise({ try: work, catch: () => NO_PICTURE })

/**
 * The picture that the bytes are, whatever they are called, drawn anew: upright, animated if it was, and with nothing beside its
 * pixels, be it a position in EXIF or another file behind the end.
 */
export const decodeIcon = Effect.fn("decodeIcon")(function* (bytes: Uint8Array) {
  if (bytes.length > MAX_ICON_BYTES) return yield* wrong("must have at most 1 MB")
  const sharp = yield* library
  const { metadata, picture } = yield* attempt(async () => {
    const opened = sharp(bytes, { animated: true, failOn: "error", limitInputPixels: MAX_PIXELS })
    return { picture: opened, metadata: await opened.metadata() }
  })
  const { format, height, pageHeight = height, width } = metadata
  const contentType = TYPES[format]
  if (contentType === undefined) return yield* NO_PICTURE
  if (width > MAX_SIDE || pageHeight > MAX_SIDE) return yield* wrong("must have at most 4,096 pixels a side")
  const drawn = picture
    .autoOrient()
    .jpeg({ quality: 90, force: false })
    .webp({ quality: 90, force: false })
    .timeout({ seconds: TIMEOUT_S })
  const icon: Icon = { contentType, bytes: yield* attempt(() => drawn.toBuffer()) }
  return icon
}, places.withPermit)
