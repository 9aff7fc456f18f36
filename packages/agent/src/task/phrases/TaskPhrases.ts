import type { DetailKind } from "@butler/domain"

/** Kinds that have a word of their own; the others go by the name that the workspace gave them. */
type NamedKind = Extract<DetailKind, "name" | "email" | "phone" | "order_number">

export interface TaskPhrases {
  readonly names: Readonly<Record<NamedKind, string>>
  readonly ask: (what: string) => string
  readonly wrong: (what: string) => string
  /** How a telephone number or a date is to be written, behind either. */
  readonly hints: Readonly<Record<"phone" | "date", string>>
  readonly left: string
  readonly gaveUp: string
  readonly noted: (what: string) => string
  /** What somebody says who does not want to go on, in lower case and without punctuation. */
  readonly leaving: ReadonlyArray<string>
}
