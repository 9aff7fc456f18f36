import type { DetectedLanguage, RunnableTurn } from "@butler/domain"
import type { Journal } from "./Journal.ts"

/** A turn that is being answered, with what every part of that needs to know. */
export interface TurnWork {
  readonly turn: RunnableTurn
  readonly language: DetectedLanguage
  readonly journal: Journal
}
