import type { Attachment } from "@butler/domain"
import { dataLine } from "./untrusted.ts"

/** A message as text: what was written, and which files came with it. Their addresses are of no use to a model. */
export const spokenText = (text: string, attachments: ReadonlyArray<Attachment>): string =>
  [text, ...attachments.map(({ contentType, name }) => `Attached file (data): ${dataLine({ name, contentType })}`)]
    .filter((line) => line !== "")
    .join("\n")
