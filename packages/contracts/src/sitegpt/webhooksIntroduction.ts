/** What the receiver of a chatbot's own webhook has to know. */
export const chatbotWebhooksIntroduction = `
How a chatbot behaves, and where it tells of what happens.

**Webhook.** Events are posted to the \`webhookUrl\` of the thread, else to that of the chatbot, with the \`webhookToken\` of the
thread, else that of the chatbot, as \`X-WEBHOOK-TOKEN\`: each of the two falls back by itself. Whichever API or person a
message of the dialog came from, the event is the same. An address must lead to the public internet, when it is set and
whenever it is called. Empty or null takes it away and ends the deliveries. A token is stored encrypted and never shown.

**\`ADD_MESSAGE\`**, once for each message of the thread as the thread shows it, when it has its outcome: an exchange when its
answer is there, the question of a thread that people have at once, what people, agent or system say alone at once. An exchange
that failed comes with an empty \`answer\` and \`systemMessageType\` \`PROBLEMS_WITH_UPSTREAM_PROVIDER\`; one that was cancelled,
superseded or joined to a later one with an empty \`answer\`, since the answer is that of another exchange. \`question\` and
\`answer\` are strings, empty where there is none; \`agentId\`, \`iconUrl\`, \`agentName\` and \`systemMessageType\` are null where
there is none. \`gptModel\` is what was set when it happened. Beyond the documented fields there are \`messageId\`, \`prompts\` and
\`createdAt\`. Reactions come later and are not told.

**\`CONVERSATION_ESCALATED\`** (its name and payload are ours, the vendor's are not documented):
\`{chatbotId, threadId, chatUser, escalationPrompt, escalatedAt}\`, when a thread is given to people because somebody is called
for: by \`escalate\`, by a hand-over on another API, or by the agent itself. Setting \`mode\` to \`AGENT\` is not an escalation. A
thread that stays with people is not escalated again.

**\`LEAD_COLLECTED\`** (ours, too): \`{chatbotId, threadId, chatUser {id, name, email, phoneNumber, createdAt}, collectedAt}\`, when
a visitor's name, e-mail address or telephone number becomes known or changes: told to the agent, or set with the thread. Not
with \`disableLeadNotifications\`.

**Delivery** is that of all webhooks here: \`webhook-id\`, \`webhook-timestamp\` and \`webhook-signature\`, at least once, the same id
and body on every attempt, in order within a thread, ten attempts over about 75 hours. \`GET
/v1/webhook-endpoints?chatbotId=…&threadId=…\` shows the endpoint, whose deliveries can be listed, sent again and replayed
there. 410, or five days of nothing but failures, disable it; another \`webhookUrl\`, or enabling it there, starts it again.
`.trim()
