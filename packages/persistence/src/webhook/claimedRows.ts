import type {
  CallbackTarget,
  DeliveryId,
  DeliveryWork,
  DueDelivery,
  EndpointPayload,
  EndpointTarget,
  ThreadEvent,
  WebhookEndpointId,
  WorkspaceId
} from "@butler/domain"
import { type ContentRow, toContent } from "./deliveryContent.ts"

/** A delivery at the front of a claimed lane. */
export interface FrontRow {
  readonly workspace_id: WorkspaceId
  readonly lane_key: string
  /** Of the lane's head. */
  readonly head_seq: number
  /** Null when the head's row is gone. */
  readonly id: DeliveryId | null
  readonly lane_seq: number
  readonly endpoint_id: WebhookEndpointId | null
  readonly message_id: string | null
  readonly turn_id: string | null
  readonly pending: boolean
  readonly attempts: number
}

/** What deliveries tell of, once however many tell of it. */
export interface NewsRow extends ContentRow {
  readonly of_message: string | null
  readonly of_turn: string | null
  readonly callback_url: string | null
}

/** An endpoint, or the workspace itself for its callbacks, once however many deliveries go there. */
export interface OwnerRow {
  readonly workspace_id: WorkspaceId
  readonly endpoint_id: WebhookEndpointId | null
  readonly open: boolean
  readonly url: string
  readonly payload: EndpointPayload
  readonly headers: Readonly<Record<string, string>>
  readonly timeout_ms: number
  readonly rate_per_minute: number | null
  readonly slowed_ms: number
  readonly secrets: ReadonlyArray<string>
}

/** What a chatbot's own webhook is told by a delivery. */
export interface Told {
  readonly event: ThreadEvent
  readonly token: string | null
}

export interface ClaimedRows {
  readonly fronts: ReadonlyArray<FrontRow>
  readonly threads: ReadonlyMap<DeliveryId, Told>
  readonly news: ReadonlyArray<NewsRow>
  readonly owners: ReadonlyArray<OwnerRow>
}

const targetOf = (owner: OwnerRow, news: NewsRow, token: string | null): EndpointTarget | CallbackTarget | null => {
  if (owner.endpoint_id === null)
    return news.callback_url === null ? null : { _tag: "Callback", url: news.callback_url }
  return {
    _tag: "Endpoint",
    id: owner.endpoint_id,
    url: owner.url,
    payload: owner.payload,
    headers: owner.headers,
    token,
    timeoutMs: owner.timeout_ms,
    ratePerMinute: owner.rate_per_minute,
    slowedMs: owner.slowed_ms
  }
}

const dueDelivery = (
  { attempts, id, message_id, pending }: FrontRow,
  owner: OwnerRow | undefined,
  news: NewsRow | undefined,
  told: Told | undefined
): DueDelivery | null => {
  if (id === null || !pending || owner?.open !== true || news === undefined) return null
  if (message_id !== null && news.message_id === null) return null
  if (owner.payload === "sitegpt" && told === undefined) return null
  const target = targetOf(owner, news, told?.token ?? null)
  const content = toContent(id, news, told?.event ?? null)
  return target === null ? null : { target, content, secrets: owner.secrets, attempts }
}

const byKey = <Row>(rows: ReadonlyArray<Row>, keyOf: (row: Row) => string): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [keyOf(row), row]))

const ownerKey = (row: OwnerRow | FrontRow): string => `${row.workspace_id}/${row.endpoint_id}`

/** Puts together what was read apart: each lane's deliveries in order, up to the first gap. */
export const toWork = ({ fronts, news, owners, threads }: ClaimedRows, token: string): ReadonlyArray<DeliveryWork> => {
  const ownersByKey = byKey(owners, ownerKey)
  const newsByKey = byKey(news, (row) => `${row.workspace_id}/${row.of_message}/${row.of_turn}`)
  const lanes = new Map<string, DeliveryWork & { readonly run: Array<DueDelivery | null> }>()
  for (const front of fronts) {
    const { head_seq: seq, lane_key: key, workspace_id: workspaceId } = front
    const laneKey = `${workspaceId}/${key}`
    const lane = lanes.get(laneKey) ?? { lease: { workspaceId, key, seq, token }, run: [] }
    lanes.set(laneKey, lane)
    const told = newsByKey.get(`${workspaceId}/${front.message_id}/${front.turn_id}`)
    if (front.id === null || front.lane_seq !== seq + lane.run.length) continue
    lane.run.push(dueDelivery(front, ownersByKey.get(ownerKey(front)), told, threads.get(front.id)))
  }
  for (const { run } of lanes.values()) if (run.length === 0) run.push(null)
  return [...lanes.values()]
}
