/** What an integrator must know of a turn and no schema can say. */
export const completionDescription = `
One query of a contact, accepted for a dialog: a *turn*. Needs the scope \`turns:write\`. Unknown fields are ignored.

**Accepted means answered.** Once the server has said 200, or sent a stream's first event, the turn ends \`completed\`,
\`failed\`, \`cancelled\`, \`superseded\` or \`coalesced\`, whatever happens to the connection or to a process. Turns of one
dialog run one after another in the order accepted; different dialogs never wait for each other.

### Which contact and which dialog
| \`userId\` | contact known | \`dialogId\` | result |
|---|---|---|---|
| set | yes | set | the dialog's contact must be this contact, else 403 \`dialog_contact_mismatch\` |
| set | no | set | 403 \`dialog_contact_mismatch\`; no contact is created by a refused request |
| set | yes | not set | the contact's most recently active dialog, whatever its channel; a new one if it has none |
| set | no | not set | a new contact and a new dialog |
| not set | – | set | the dialog's contact |
| not set | – | not set | a new anonymous contact and a new dialog |
| any | any | unknown to the workspace | 404 \`dialog_not_found\`; with \`ifMissing: "create"\` the dialog is made under your id for the contact \`userId\` names, or for an anonymous one |

An anonymous contact has no \`userId\`, so \`userId\` beside its \`dialogId\` is a mismatch: identity is never attached
implicitly. Two first messages of one new \`userId\` that arrive at once end in one contact and one dialog. A dialog of
another workspace is unknown.

### The answer
Every key of the response is always there, with \`0\` or an empty string where it says nothing. \`contentType\` is \`text\`,
\`image\`, \`video\`, \`audio\` or \`file\`. \`async: true\` answers at once, with \`messages\` and \`agentLogs\` empty and
\`status: "queued"\`, or \`coalesced\` or \`completed\` when it is that already; a synchronous turn that outlasts \`waitMs\`
answers the same way with its current status. The turn can then be read at \`GET /v1/turns/{turnId}\`.

### While people have the dialog
After a hand-over (\`POST /v1/dialogs/{dialogId}/hand-over\`) the contact's message is stored and its event sent, and nothing is
answered: the turn is \`completed\` at once with \`messages\` and \`agentLogs\` empty, whatever \`onBusy\` and \`quietMs\` say. Turns
that were open at the hand-over end as \`cancelled\`. \`GET /v1/dialogs/{dialogId}\` shows \`mode\`.

### Streaming
\`stream: true\` or \`Accept: text/event-stream\`. Events carry a gapless \`id\`, an \`event\` and JSON \`data\`:
\`turn.accepted\`, \`log\` (one line of the agent's log), \`delta\` (\`{text}\`), \`message\` (a whole reply), then
\`turn.completed\` (the whole response) or \`turn.failed\` (\`{code, message}\`), after which the stream closes. A comment line
every 10 seconds keeps it open. A client that goes away does not end the turn; the same request with the same
\`Idempotency-Key\` and \`Last-Event-ID\` goes on where it stopped. A refusal before the turn is accepted is an ordinary
error response.

### Callback
With \`sendWebhook\`, each reply message is sent there once as \`POST\` with \`{id, content, createdAt, agentLogs,
attachments, dialogId, turnId}\`; a failed turn as one with empty \`content\` and \`error {type, detail}\`. \`createdAt\` is
ISO 8601; \`attachments\` is an array of \`{key, name, url, contentType}\`. The headers \`webhook-id\`, \`webhook-timestamp\`
and \`webhook-signature\` follow Standard Webhooks; \`webhook-id\` is the same on every attempt.
`.trim()
