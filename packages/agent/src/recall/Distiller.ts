import type { Dialogs, Ids, LanguageModel, Memories, ModelUses, RunnableTurn } from "@butler/domain"
import { Cause, Clock, Effect } from "effect"
import type { ChosenModel } from "../model/chooseModel.ts"
import type { ModelLimits } from "../model/modelLimits.ts"
import { distill } from "./distill.ts"

/** Beyond that the dialogs that wait longest are left to their next turn. */
const MOST_WAITING = 10_000

/** Models that read at once: it is nobody's hurry. */
const AT_ONCE = 2

const EVERY = "1 second"

interface Waiting {
  readonly due: number
  readonly turn: RunnableTurn
  readonly models: ReadonlyArray<ChosenModel>
}

/** Reads dialogs for facts once they are quiet, so that a conversation costs one more call and no turn waits for it. */
export interface Distiller {
  readonly later: (turn: RunnableTurn, models: ReadonlyArray<ChosenModel>) => Effect.Effect<void>
}

/**
 * Lives as long as the scope. What waits when the process dies is read with the dialog's next turn, since the store knows how far it
 * was read.
 */
export const makeDistiller = Effect.fnUntraced(function* (quietMs: number, limits: ModelLimits) {
  /** In the order in which they are due. */
  const waiting = new Map<string, Waiting>()

  const take = (now: number): ReadonlyArray<Waiting> => {
    const due: Array<Waiting> = []
    for (const [key, entry] of waiting) {
      if (entry.due > now && waiting.size <= MOST_WAITING) break
      waiting.delete(key)
      if (entry.due <= now) due.push(entry)
    }
    return due
  }

  const read = ({ models, turn }: Waiting) =>
    distill(turn, models, limits).pipe(
      Effect.catchCause((cause) =>
        Cause.hasInterrupts(cause) ? Effect.interrupt : Effect.logWarning("a dialog was not read for facts", cause)
      )
    )

  const tick = Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Effect.forEach(take(now), read, { concurrency: AT_ONCE, discard: true })
  )
  const loop: Effect.Effect<never, never, Dialogs | Ids | LanguageModel | Memories | ModelUses> = Effect.forever(
    Effect.andThen(Effect.sleep(EVERY), tick)
  )
  yield* Effect.forkScoped(loop)

  const distiller: Distiller = {
    later: (turn, models) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const key = `${turn.workspaceId} ${turn.dialogId}`
        waiting.delete(key)
        waiting.set(key, { due: now + quietMs, turn, models })
      })
  }
  return distiller
})
