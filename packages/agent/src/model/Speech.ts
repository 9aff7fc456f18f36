import type { TurnProgressSink } from "@butler/domain"
import { Effect, Schema } from "effect"
import type { ClaimWords } from "./claimPatterns.ts"
import { findClaim, openSentence } from "./claims.ts"
import { makeCitationFilter } from "./citations.ts"

/** The model says that it has done what nothing was done for. */
export class FalseClaim extends Schema.TaggedError<FalseClaim>()("FalseClaim", { quote: Schema.String }) {}

/** A reply while it is said: without the marks it cites by, and never past a false claim. */
export interface Speech {
  /** A piece as it comes from the model. */
  readonly say: (piece: string) => Effect.Effect<void, FalseClaim>
  /** The model pauses to call tools, or has ended: nothing that was held back becomes more by what follows. */
  readonly pause: Effect.Effect<void, FalseClaim>
  /** Says words of our own. */
  readonly dictate: (text: string) => Effect.Effect<void>
  /** Takes back all that was said. */
  readonly restart: Effect.Effect<void>
  /** What has been told so far. */
  readonly text: () => string
  readonly cited: () => ReadonlySet<number>
  /** Whether the model said that nothing holds the answer. */
  readonly admits: () => boolean
}

export interface SpeechOptions {
  readonly progress: TurnProgressSink
  /** Whether there is something to cite. */
  readonly cites: boolean
  readonly claimWords: ReadonlyArray<ClaimWords>
  /** Whether something was done that a claim may speak of; `corrected` once a reply was taken back. */
  readonly mayClaim: (corrected: boolean) => boolean
}

/** What goes on behind a pause stands apart from what was said before it. */
const APART = "\n\n"

export const makeSpeech = ({ cites, claimWords, mayClaim, progress }: SpeechOptions): Speech => {
  let citations = makeCitationFilter(cites)
  let told = ""
  let held = ""
  let paused = false
  let corrected = false

  const tell = (text: string): Effect.Effect<void> => {
    if (text === "") return Effect.void
    told += text
    return progress.delta(text)
  }

  /** Tells what has come, but for what may be the beginning of a false claim. */
  const judge = (ended: boolean): Effect.Effect<void, FalseClaim> => {
    const sentence = openSentence(told)
    const claim = mayClaim(corrected) ? undefined : findClaim(sentence + held, claimWords)
    if (claim !== undefined && (ended || !claim.open)) return Effect.fail(new FalseClaim({ quote: claim.quote }))
    const safe = claim === undefined ? held.length : Math.max(claim.at - sentence.length, 0)
    const text = held.slice(0, safe)
    held = held.slice(safe)
    return tell(text)
  }

  const take = (visible: string): void => {
    const begins = told === "" && held === ""
    const text = begins || paused ? visible.trimStart() : visible
    if (text === "") return
    held += paused && !begins ? APART + text : text
    paused = false
  }

  return {
    say: (piece) =>
      Effect.suspend(() => {
        take(citations.push(piece))
        return held === "" ? Effect.void : judge(false)
      }),
    pause: Effect.suspend(() => {
      take(citations.flush())
      const judged = judge(true)
      paused = true
      return judged
    }),
    dictate: (text) => Effect.suspend(() => tell(text)),
    restart: Effect.suspend(() => {
      const said = told !== ""
      corrected = true
      citations = makeCitationFilter(cites)
      told = ""
      held = ""
      paused = false
      return said ? progress.restart : Effect.void
    }),
    text: () => told,
    cited: () => citations.cited,
    admits: () => citations.admits()
  }
}
