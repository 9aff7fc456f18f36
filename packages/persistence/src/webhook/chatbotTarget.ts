import type { WorkspaceId } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"

/**
 * The endpoint that a thread `m` (agent_id, dialog_id) is told of at: its own, else that of its chatbot; no row when there is
 * neither. All that a chatbot's own webhook is ever owed passes here, so this is where it is decided whether there is one.
 */
export const chatbotTarget = (workspaceId: WorkspaceId): RawBuilder<unknown> => sql`
  select e.id as endpoint_id, e.enabled, case when e.ordered then e.id || '/' || m.dialog_id end as ordered_key,
         jsonb_strip_nulls(jsonb_build_object('gptModel', b.content #> '{settings,gptModel}',
                                               'hideSources', b.content #> '{settings,hideSources}')) as shown
  from webhook_endpoint e
  left join chatbot b on b.workspace_id = e.workspace_id and b.agent_id = e.agent_id
  where e.workspace_id = ${workspaceId}::uuid and e.agent_id = m.agent_id and e.dialog_id in ('', m.dialog_id)
    and e.removed_at is null
  order by e.dialog_id desc
  limit 1`
