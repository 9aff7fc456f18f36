import { IconType } from "@butler/domain"
import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { entryId } from "./fields.ts"

export const IconForm = Schema.Struct({
  iconType: IconType,
  iconSrc: Schema.String.annotate({
    format: "binary",
    description:
      "The picture: PNG, JPEG, GIF or WebP of at most 1 MB and 4,096 pixels a side, and 16,777,216 pixels over all frames of an animated one."
  })
}).annotate({ identifier: "IconForm" })

const file = Schema.Unknown.pipe(
  Schema.refine((value): value is Blob => value instanceof Blob, { message: "must be a file" })
)

/** What is read out of the form. */
export const IconFields = Schema.Struct({ iconType: IconType, iconSrc: file })
export const decodeIconFields = decoder(IconFields)

export const IconQuery = Schema.Struct({
  iconType: Schema.optionalKey(
    IconType.annotate({ description: "Which picture; without it all. (Inferred; a JSON body may say it as well.)" })
  )
})
export const decodeIconQuery = decoder(IconQuery)

export const IconParams = Schema.Struct({ iconId: entryId("icon") })
export const decodeIconParams = decoder(IconParams)
