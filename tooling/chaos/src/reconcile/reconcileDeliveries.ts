import type { ReceivedRequest } from "@butler/testing"
import { at, parsed, textAt } from "../load/json.ts"
import { grouped, isGapless } from "./grouped.ts"
import type { Tables } from "./readTables.ts"

export const CALLBACKS = "/callback"
export const EVENTS = "/events"

const idOf = ({ headers }: ReceivedRequest): string => String(headers["webhook-id"])

/** Each of a kind once, the first time it came. */
const firsts = (requests: ReadonlyArray<ReceivedRequest>): ReadonlyArray<ReceivedRequest> =>
  [...grouped(requests, idOf).values()].flatMap(([first]) => first ?? [])

/** Every message is owed to the endpoint once, and every answer to the callback once; and what is owed has come. */
const delivered = ({ deliveries, messages }: Tables, received: ReadonlySet<string>): ReadonlyArray<string> => {
  const owed = grouped(
    deliveries,
    ({ endpoint_id: endpoint, message_id: id }) => `${endpoint === null ? "callback" : "event"} ${id}`
  )
  const expected = messages.flatMap(({ id, sender_type: sender }) =>
    sender === "agent" ? [`event ${id}`, `callback ${id}`] : [`event ${id}`]
  )
  return [
    ...expected.flatMap((name) => {
      const count = owed.get(name)?.length ?? 0
      return count === 1 ? [] : [`${count === 0 ? "undelivered" : "twice"}: ${name} is owed ${count} times`]
    }),
    ...deliveries
      .filter(({ id, status }) => status !== "delivered" || !received.has(id))
      .map(({ id, status }) => `undelivered: ${id} is ${status}, and ${received.has(id) ? "has come" : "never came"}`)
  ]
}

const sequenceOf = ({ body }: ReceivedRequest): number => Number(at(parsed(body), "sequence"))

/** The events of a dialog came in its order, whatever came again afterwards. */
const eventsInOrder = ({ deliveries }: Tables, events: ReadonlyArray<ReceivedRequest>): ReadonlyArray<string> => {
  const dialog = new Map(deliveries.map((delivery) => [delivery.id, delivery.dialog_id]))
  return [...grouped(firsts(events), (request) => dialog.get(idOf(request)) ?? "nowhere")].flatMap(([id, own]) =>
    isGapless(own.map(sequenceOf)) ? [] : [`order: the events of ${id} came as ${own.map(sequenceOf).join(" ")}`]
  )
}

/** What of the promises about deliveries was not kept. */
export const reconcileDeliveries = (
  tables: Tables,
  requests: ReadonlyArray<ReceivedRequest>
): ReadonlyArray<string> => {
  const stored = new Set(tables.deliveries.map(({ id }) => id))
  const events = requests.filter(({ path }) => path.startsWith(EVENTS))
  const callbacks = firsts(requests.filter(({ path }) => path.startsWith(CALLBACKS)))
  const toldTwice = [...grouped(callbacks, ({ body }) => textAt(parsed(body), "id"))].filter(
    ([, all]) => all.length > 1
  )
  return [
    ...delivered(tables, new Set(requests.map(idOf))),
    ...eventsInOrder(tables, events),
    ...toldTwice.map(([id]) => `twice: the callback of message ${id} came under several ids`),
    ...firsts(requests).flatMap((request) =>
      stored.has(idOf(request)) ? [] : [`odd: ${idOf(request)} came, and nobody owed it`]
    )
  ]
}
