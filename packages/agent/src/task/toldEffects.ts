import { Ids, type Task, type TurnEffect } from "@butler/domain"
import { Effect } from "effect"

type Details = Readonly<Record<string, string>>

const inWords = (name: string): string => name.replaceAll(/[_-]+/gu, " ")

/** What of a task's details is the contact's own, and so kept with it. */
const KEPT = new Set(["name", "email", "phone", "order_number"])

/** What the turn changes by what was told: the contact's details and, where no model reads for facts, memories of them. */
export const toldEffects = Effect.fnUntraced(function* (
  task: Pick<Task, "details">,
  before: Details,
  after: Details,
  hasModel: boolean
) {
  const { memoryId } = yield* Ids
  const told = (task.details ?? []).flatMap(({ kind, name }) => {
    const value = after[name]
    return value === undefined || value === before[name] ? [] : [{ kind, name, value }]
  })
  const own = told.filter(({ kind }) => KEPT.has(kind)).map(({ kind, value }): [string, string] => [kind, value])
  const facts = yield* Effect.forEach(hasModel ? [] : told, ({ name, value }) =>
    Effect.map(memoryId, (id) => ({ id, text: `${inWords(name)}: ${value}` }))
  )
  const effects: ReadonlyArray<TurnEffect> = [
    ...(own.length > 0 ? [{ _tag: "ContactDetails", details: Object.fromEntries(own) } as const] : []),
    ...(facts.length > 0 ? [{ _tag: "Remember", facts } as const] : [])
  ]
  return effects
})
