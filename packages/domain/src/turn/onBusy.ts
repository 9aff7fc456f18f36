import { Schema } from "effect"
import { DialogId, type TurnId } from "../ids/brands.ts"
import type { TurnStatus } from "./turnStatus.ts"

/** What a new message does when its dialog has an open turn (turn options: `onBusy`). */
export const OnBusy = Schema.Literals(["enqueue", "coalesce", "supersede", "reject"])
export type OnBusy = typeof OnBusy.Type

/** The dialog has an open turn, and the caller asked to be refused then. */
export class DialogBusy extends Schema.TaggedError<DialogBusy>()("DialogBusy", { dialogId: DialogId }) {
  override get message(): string {
    return `dialog ${this.dialogId} is busy with another turn`
  }
}

/** A turn that has not ended, in its dialog's order. */
export interface OpenTurn {
  readonly id: TurnId
  readonly status: Extract<TurnStatus, "queued" | "running">
}

/** What becomes of a new turn. */
export type BusyPlan =
  /** It takes its place behind the others. */
  | { readonly _tag: "Append" }
  /** It is answered by a turn that has not started yet. */
  | { readonly _tag: "Join"; readonly turnId: TurnId }
  /** It ends these and answers them too. */
  | { readonly _tag: "Supersede"; readonly turnIds: ReadonlyArray<TurnId> }
  | { readonly _tag: "Refuse" }

/** Decides by the dialog's open turns, oldest first. Total: with none open every turn is appended. */
export const planBusy = (onBusy: OnBusy, open: ReadonlyArray<OpenTurn>): BusyPlan => {
  const last = open.at(-1)
  if (last === undefined) return { _tag: "Append" }
  switch (onBusy) {
    case "enqueue":
      return { _tag: "Append" }
    case "coalesce":
      return last.status === "queued" ? { _tag: "Join", turnId: last.id } : { _tag: "Append" }
    case "supersede":
      return { _tag: "Supersede", turnIds: open.map((turn) => turn.id) }
    case "reject":
      return { _tag: "Refuse" }
  }
}
