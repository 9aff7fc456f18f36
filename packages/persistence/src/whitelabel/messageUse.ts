import type { WorkspaceId } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"

/** One message more than may be breaks it. */
export const MESSAGES_CHECK = "entitlement_messages_check"

const thisMonth = sql`date_trunc('month', clock_timestamp() at time zone 'utc')::date`

/** Of `entitlement e`: how many messages came this month. */
const used = sql`case when e.message_month = ${thisMonth} then e.message_count else 0 end`

/** Of `entitlement e`, which may be absent: how many messages may still come this month; null for any number. */
export const messagesLeft: RawBuilder<number | null> = sql`
  case when e.workspace_id is not null then greatest(0, e.combined_messages_quota - ${used}) end`

/**
 * The CTE that counts the message which `dialog_now` stands for. Its row is the last one that the statement waits for, after
 * lane, dialog and contact, so that nobody who holds it waits for anybody else. It is held until the commit: messages of one
 * such workspace are accepted one at a time, at the pace of commits.
 */
export const countedMessage = (workspaceId: WorkspaceId): RawBuilder<unknown> => sql`
    counted_now as (
      update entitlement e set
        message_count = ${used} + 1,
        message_month = ${thisMonth},
        within_messages = ${used} < e.combined_messages_quota
      from dialog_now d
      where e.workspace_id = ${workspaceId}::uuid and (select count(*) from contact_now) >= 0
      returning e.message_count
    ),`
