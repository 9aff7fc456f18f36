import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { sql } from "kysely"
import { PgliteDatabase, query } from "../../src/index.ts"
import { upgrade } from "../support/upgrade.ts"

const workspace = "'00000000-0000-4000-8000-0000000000cc'"

/**
 * Chatbots of an earlier version: 1 with an address and a token, 2 with neither, 3 removed, 4 with a token and an empty address.
 * Of the threads of 1, `a` has an address of its own and `b` has none; `c` is of the removed one.
 */
const statements = [
  `insert into workspace (workspace_id, name, default_agent_id) values (${workspace}, 'w', 1)`,
  `insert into agent (workspace_id, id, name, removed_at)
   select ${workspace}, n, 'agent', case when n = 3 then now() end from generate_series(1, 4) n`,
  `insert into chatbot (workspace_id, agent_id, content) values
     (${workspace}, 1, '{"settings": {"webhookUrl": "https://one.test", "webhookToken": "secret", "other": 1}}'),
     (${workspace}, 2, '{"settings": {"other": 2}}'),
     (${workspace}, 3, '{"settings": {"webhookUrl": "https://gone.test"}}'),
     (${workspace}, 4, '{"settings": {"webhookUrl": "", "webhookToken": "kept"}}')`,
  `insert into contact (workspace_id, id) values (${workspace}, 1)`,
  `insert into dialog (workspace_id, id, contact_id, channel, channel_id, session_id, conversation_id, agent_id)
   select ${workspace}, id, 1, '{}', 'c', id, id, agent_id from (values ('a', 1), ('b', 1), ('c', 3)) as given (id, agent_id)`,
  `insert into thread (workspace_id, dialog_id, webhook_url) values
     (${workspace}, 'a', 'https://thread.test'), (${workspace}, 'b', null), (${workspace}, 'c', 'https://gone.test')`
]

it.live("chatbots' and threads' addresses of an earlier version become endpoints, and their tokens columns", () =>
  Effect.gen(function* () {
    yield* upgrade("0026", statements)
    const endpoints = yield* query("test.endpoints", (db) =>
      sql`
        select agent_id::integer as agent, dialog_id as dialog, url, payload, id ~ '^wh_\\d{18}$' as "hasId"
        from webhook_endpoint order by dialog_id
      `.execute(db)
    )
    assert.deepStrictEqual(endpoints.rows, [
      { agent: 1, dialog: "", url: "https://one.test", payload: "sitegpt", hasId: true },
      { agent: 1, dialog: "a", url: "https://thread.test", payload: "sitegpt", hasId: true }
    ])
    const chatbots = yield* query("test.chatbots", (db) =>
      sql`select webhook_token as token, content from chatbot order by agent_id`.execute(db)
    )
    assert.deepStrictEqual(chatbots.rows, [
      { token: "secret", content: { settings: { webhookUrl: "https://one.test", other: 1 } } },
      { token: null, content: { settings: { other: 2 } } },
      { token: null, content: { settings: { webhookUrl: "https://gone.test" } } },
      { token: "kept", content: { settings: { webhookUrl: "" } } }
    ])
  }).pipe(Effect.provide(PgliteDatabase.layerMemory()))
)
