/** What holds for every operation. */
export const introduction = `
Bring a contact's message in by one call; contact and dialog are resolved, an agent answers from knowledge, memory and
tools, and every step is logged.

**Keys.** An API key (\`bk_…\`) goes into \`Authorization\`, with or without the word \`Bearer\`, or into \`x-api-key\`; so
does an access token (\`bt_…\`) that a key was exchanged for. Every key belongs to one workspace; whatever belongs to
another workspace does not exist for it.

**Input.** JSON in UTF-8. Unknown fields are ignored, and an optional field that is \`null\` is not set,
unless it is said to be taken away by it. No string may contain
NUL (U+0000) or half of a surrogate pair. Lengths are in Unicode code points. Wrong input is answered with 400, and
\`issues\` names every wrong field at once.

**Output.** Readers ignore fields, and types of agent logs, that they do not know. Ids are strings: messages, contacts, turns
and agents have decimal ids, dialogs made here \`dlg_<UTC yyyyMMddHHmmss>_<base36>\`. Times are ISO 8601 in UTC, except in
agent logs: \`timestamp\` and \`costTime\` in milliseconds, \`created_at\` in seconds.

**Errors.** The butler API answers \`{code, message, data: null, error: {type, detail, issues?}, requestId}\` with the HTTP
status as \`code\` and \`message\` in the language of \`Accept-Language\` (zh, en); the native API under \`/v1\` answers RFC
9457 problem documents. \`error.type\` and \`code\` share one vocabulary and never change. Beyond the errors listed with an
operation, any address may answer 404 \`not_found\`, 405 \`method_not_allowed\` (with \`Allow\`) and 501
\`not_implemented\`.

**Lists.** \`{data, nextCursor}\`; pass \`nextCursor\` as \`cursor\` for the next page until it is null.
`.trim()
