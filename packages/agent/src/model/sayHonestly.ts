import { TextAnalyzer } from "@butler/domain"
import { Effect } from "effect"
import { notDone } from "../answer/phrases.ts"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import { claimCorrection, languageCorrection, otherLanguage } from "./corrections.ts"
import type { FalseClaim, Speech } from "./Speech.ts"
import type { ToolLoop } from "./toolLoop.ts"

/** Says something of our own in place of all that was said. */
export const sayInstead = (speech: Speech, text: string) => Effect.andThen(speech.restart, speech.dictate(text))

/**
 * Has the answer said. One that claims what nothing was done for, or that plainly is in another language than the contact's, is taken
 * back and asked for once more; a claim that comes again gives way to words of our own, another language stands. `lookBack` is done
 * before it is asked again.
 */
export const sayHonestly = Effect.fnUntraced(function* <R>(
  { journal, language, turn }: TurnWork,
  speech: Speech,
  loop: ToolLoop,
  lookBack: Effect.Effect<void, never, R>
) {
  const { detectLanguage } = yield* TextAnalyzer
  const rejected = (because: Readonly<Record<string, string>>) =>
    journal.timed("guard", speech.restart, () => ({ detail: because }))

  const giveWay = ({ quote }: FalseClaim) =>
    Effect.andThen(rejected({ claim: quote }), speech.dictate(notDone(language.code)))
  const again = (correction: string) =>
    Effect.andThen(lookBack, Effect.catchTag(loop(correction), "FalseClaim", giveWay))

  yield* loop(null).pipe(
    Effect.catchTag("FalseClaim", ({ quote }) =>
      Effect.andThen(rejected({ claim: quote }), again(claimCorrection(quote)))
    )
  )
  const spoken = otherLanguage(speech.text(), turn.query, language, detectLanguage)
  if (spoken === undefined) return
  yield* rejected({ language: spoken.code })
  yield* again(languageCorrection(spoken, language))
})
