import type {
  ChatbotEvent,
  Delivery,
  DeliveryCursor,
  DeliveryId,
  DeliveryQuery,
  DeliveryStatus,
  EventCursor,
  LoggedEvent,
  WebhookEndpointId,
  WorkspaceId
} from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { contentColumns, contentJoins, type ContentRow, toContent } from "./deliveryContent.ts"
import { deliveryColumns, type DeliveryRow, toCursor, toDelivery } from "./deliveryRow.ts"
import { readThreadEvents } from "./threadEvents.ts"

/** The few that failed have an index of their own. */
const withStatus = (status: DeliveryStatus | null): RawBuilder<unknown> => {
  if (status === null) return sql``
  const failed = status === "dead" || status === "skipped" ? sql`and d.undelivered_at is not null` : sql``
  return sql`${failed} and d.status = ${status}`
}

/** Newest first. */
export const listDeliveries = async (
  db: Kysely<DB>,
  { after, endpointId, limit, status, workspaceId }: DeliveryQuery
): Promise<ReadonlyArray<readonly [Delivery, DeliveryCursor]>> => {
  const { rows } = await sql<DeliveryRow>`
    select ${deliveryColumns}
    from delivery d
    left join message m on m.workspace_id = d.workspace_id and m.id = d.message_id
    where d.workspace_id = ${workspaceId}::uuid and d.endpoint_id = ${endpointId} ${withStatus(status)}
      ${
        after === null
          ? sql``
          : sql`and (d.created_at, d.position) < (${after.createdAt}::timestamptz, ${after.position}::bigint)`
      }
    order by d.created_at desc, d.position desc
    limit ${limit}::integer`.execute(db)
  return rows.map((row) => [toDelivery(row), toCursor(row)])
}

export const findDelivery = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId,
  id: DeliveryId
): Promise<Delivery | undefined> => {
  const { rows } = await sql<DeliveryRow>`
    select ${deliveryColumns}
    from delivery d
    left join message m on m.workspace_id = d.workspace_id and m.id = d.message_id
    where d.workspace_id = ${workspaceId}::uuid and d.id = ${id}::uuid and d.endpoint_id = ${endpointId}`.execute(db)
  return rows.map(toDelivery)[0]
}

interface EventRow extends ContentRow {
  readonly id: DeliveryId
  readonly event: ChatbotEvent | null
  readonly transaction: string
  readonly position: string
}

/**
 * The log behind a cursor, in the order in which commits became visible: transactions that are still open when it is read
 * hold back all that began after them, so that none of theirs is ever stepped over.
 */
export const readEvents = async (
  db: Kysely<DB>,
  query: {
    readonly workspaceId: WorkspaceId
    readonly endpointId: WebhookEndpointId
    readonly after: EventCursor | null
    readonly limit: number
  }
): Promise<ReadonlyArray<LoggedEvent>> => {
  const { after, endpointId, limit, workspaceId } = query
  const { rows } = await sql<EventRow>`
    select d.id, d.event, ${contentColumns}, d.transaction::text as transaction, d.position
    from delivery d
    ${contentJoins}
    where d.workspace_id = ${workspaceId}::uuid and d.endpoint_id = ${endpointId}
      and d.transaction < pg_snapshot_xmin(pg_current_snapshot())
      ${
        after === null
          ? sql``
          : sql`and (d.transaction, d.position) > (${after.transaction}::text::xid8, ${after.position}::bigint)`
      }
    order by d.transaction, d.position
    limit ${limit}::integer`.execute(db)
  const ofThreads = rows.flatMap(({ event, id }) => (event === null ? [] : [{ workspaceId, id }]))
  const threads = await readThreadEvents(db, ofThreads)
  return rows.map((row) => ({
    content: toContent(row.id, row, threads.get(row.id)?.event ?? null),
    cursor: { transaction: row.transaction, position: row.position }
  }))
}
