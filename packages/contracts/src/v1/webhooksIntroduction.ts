/** What a receiver has to know. */
export const webhooksIntroduction = `
Events go to the endpoints of a workspace, callbacks to the \`sendWebhook\` of a turn; both are sent and signed alike.

**Event.** \`BUTLER_MESSAGE_CREATED\` (business type 15016) for every message of every kind:
\`{requestId, businessType, sequence, data}\`. \`sequence\` counts the messages of a dialog from 1, without gaps.
\`processedBy\` on a contact's message says whether the agent answers it.

**Callback.** One for each reply message: \`{id, content, createdAt, agentLogs, attachments, dialogId, turnId}\`; for a turn
that failed one with empty \`content\`, the turn's id as \`id\`, and \`error {type, detail}\`. Callbacks of one dialog are not
held in order.

**Chatbots.** The \`webhookUrl\` of a SiteGPT chatbot or thread is an endpoint, too, that its settings make; its events and
headers are described with those settings.

**Headers.** \`webhook-id\`, \`webhook-timestamp\` and \`webhook-signature\` of Standard Webhooks (\`v1\`: HMAC-SHA256 over
\`id.timestamp.body\`; a signature for each valid secret), \`TENANT_ID\` and \`STAFF_ID\` (also as \`x-tenant-id\` and
\`x-staff-id\`, since some proxies drop names with underscores), \`x-nct-time\` in milliseconds, \`business-type\`.

**Once or more.** Every event is delivered at least once: keep \`webhook-id\`, which is the same on every attempt, and
ignore what you have seen. Body and id never change between attempts; time and signature do.

**Success** is a complete answer with a 2xx status within the time-out, not encoded and at most 64 kB long. Anything else is
tried again: 10 attempts over about 75 hours (at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, each
ten percent more or less). \`Retry-After\` is heeded up to 24 hours. 410 disables the endpoint. After 429, 502, 503 and 504,
and while it cannot be reached, less is sent to it. After five days of nothing but failures it is disabled.

**Record.** Deliveries are kept for 30 days. Those of a disabled endpoint are recorded as \`skipped\`: enabling it
sends none of them; a replay does, or they can be pulled.
`.trim()
