import type { Acknowledged, Ledger } from "../load/Ledger.ts"
import { grouped, isAscending, isGapless } from "./grouped.ts"
import type { Tables, TurnRow } from "./readTables.ts"

/** What the scripted model answers. */
const answerTo = (query: string): string => `You said: ${query}`

/** Every request that was said yes to is one turn with one answer, and the caller was given that answer. */
const acknowledgedOnce = ({ acknowledged }: Ledger, { messages, turns }: Tables): ReadonlyArray<string> => {
  const byQuery = grouped(turns, ({ query }) => query)
  const replies = grouped(
    messages.filter(({ sender_type: sender }) => sender === "agent"),
    ({ turn_id: turnId }) => turnId
  )
  return acknowledged.flatMap(({ answer, query, turnId }) => {
    const own = byQuery.get(query) ?? []
    const [turn] = own
    if (turn === undefined) return [`lost: "${query}" was acknowledged as turn ${turnId}, and there is none`]
    if (own.length > 1) return [`twice: "${query}" is ${own.length} turns`]
    if (turn.id !== turnId) return [`wrong: "${query}" was acknowledged as turn ${turnId}, and is ${turn.id}`]
    const said = (replies.get(turnId) ?? []).map(({ content }) => content)
    if (turn.status !== "completed") return []
    if (said.length !== 1) return [`twice: turn ${turnId} has ${said.length} answers`]
    if (said[0] !== answerTo(query)) return [`wrong: "${query}" was answered "${said[0]}"`]
    return answer === null || answer === said[0] ? [] : [`wrong: the caller of "${query}" was told "${answer}"`]
  })
}

const ended = ({ crooked, turns, untidy }: Tables): ReadonlyArray<string> => [
  ...turns
    .filter(({ status }) => status === "queued" || status === "running")
    .map(({ id, status }) => `lost: turn ${id} is still ${status}`),
  ...crooked.map((id) => `lost: the counters, the events or the lane of ${id} do not add up`),
  ...untidy.map((id) => `odd: turn ${id} has left its progress behind`)
]

const repeated = (kind: string, names: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...grouped(names, (name) => name)].flatMap(([name, all]) => (all.length > 1 ? [`twice: ${kind} ${name}`] : []))

/** Whether or not anybody was told of it, nothing is there twice. */
const storedOnce = ({ messages, turns }: Tables): ReadonlyArray<string> => {
  const queries = turns.map(({ query }) => query)
  const answered = messages.flatMap(({ sender_type: sender, turn_id: turnId }) => (sender === "agent" ? [turnId] : []))
  return [...repeated("the message", queries), ...repeated("the answer of turn", answered)]
}

/** Every dialog of which it does not hold. */
const unless = <A extends { readonly dialog_id: string }>(
  rows: ReadonlyArray<A>,
  holds: (own: ReadonlyArray<A>) => boolean,
  otherwise: string
): ReadonlyArray<string> =>
  [...grouped(rows, (row) => row.dialog_id)].flatMap(([id, own]) =>
    holds(own) ? [] : [`order: in ${id} ${otherwise}`]
  )

const inOrder = ({ messages, turns }: Tables): ReadonlyArray<string> => {
  const place = new Map(turns.map((turn) => [turn.id, turn.seq]))
  const answers = messages.filter(({ sender_type: sender }) => sender === "agent")
  return [
    ...unless(turns, (own) => isGapless(own.map(({ seq }) => seq)), "the turns have gaps"),
    ...unless(turns, (own) => isAscending(own.map(({ finished }) => finished)), "turns have not ended in their order"),
    ...unless(messages, (own) => isGapless(own.map(({ seq }) => seq)), "the messages have gaps"),
    ...unless(
      answers,
      (own) => isAscending(own.map(({ turn_id: turnId }) => place.get(turnId) ?? 0)),
      "the answers are not in the order of the turns"
    )
  ]
}

const speaker = ({ caller, dialogId, mode }: Acknowledged): string => `${mode} caller ${caller} in ${dialogId}`

/** What one caller has said in one dialog, one after the other, is there in that order. */
const asSaid = ({ acknowledged }: Ledger, turns: ReadonlyArray<TurnRow>): ReadonlyArray<string> => {
  const place = new Map(turns.map((turn) => [turn.id, turn.seq]))
  return [...grouped(acknowledged, speaker)].flatMap(([name, all]) =>
    isAscending(all.map(({ turnId }) => place.get(turnId) ?? 0)) ? [] : [`order: ${name} was overtaken by itself`]
  )
}

/** What of the promises about turns was not kept. */
export const reconcileTurns = (ledger: Ledger, tables: Tables): ReadonlyArray<string> => [
  ...ledger.oddities.map((oddity) => `odd: ${oddity}`),
  ...ledger.unanswered.map(({ query }) => `lost: "${query}" was never answered`),
  ...acknowledgedOnce(ledger, tables),
  ...ended(tables),
  ...storedOnce(tables),
  ...inOrder(tables),
  ...asSaid(ledger, tables.turns)
]
