import type { TurnEffect } from "@butler/domain"

/** What the agent says in a turn, all of it told already, and what else the turn changes. */
export interface Spoken {
  readonly text: string
  readonly effects: ReadonlyArray<TurnEffect>
}
