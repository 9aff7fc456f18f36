import type { DetectedLanguage, RunnableTurn } from "@butler/domain"
import type { Journal } from "./Journal.ts"

/** A turn that is being answered, with what every part of that needs to know. */
export interface TurnWork {
  readonly turn: RunnableTurn
  /** What the contact is spoken to in. */
  readonly language: DetectedLanguage
  /** What the query is written in, as far as it tells: it is looked up by that. */
  readonly written: DetectedLanguage
  readonly journal: Journal
}
