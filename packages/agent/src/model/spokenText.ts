import type { Attachment } from "@butler/domain"

/** A message as text: what was written, and which files came with it. Their addresses are of no use to a model. */
export const spokenText = (text: string, attachments: ReadonlyArray<Attachment>): string =>
  [text, ...attachments.map(({ contentType, name }) => `[attached file: ${name} (${contentType})]`)]
    .filter((line) => line !== "")
    .join("\n")
