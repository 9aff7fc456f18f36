/** The floor's model: the AI SDK as its guide has it, with the same passages and history in the prompt. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import { type ModelMessage, streamText } from "ai"
import type postgres from "postgres"

const url = process.env["MODEL_URL"]
const provider =
  url === undefined ? undefined : createOpenAICompatible({ name: "floor", baseURL: url, includeUsage: true })

/** As many as the product tells a model. */
const PASSAGES = 5
const MESSAGES = 20

export interface ModelAnswer {
  readonly text: string
  readonly tokens: { readonly input: number; readonly output: number }
}

interface Passage {
  readonly content: string
  readonly documentName: string
}

interface Said {
  readonly sender_type: string
  readonly content: string
}

const history = async (sql: postgres.Sql, workspace: string, dialog: string): Promise<Array<ModelMessage>> => {
  const rows = await sql<Array<Said>>`
    select sender_type, content from message where workspace_id = ${workspace} and dialog_id = ${dialog}
    order by seq desc limit ${MESSAGES + 1}`
  return rows
    .slice(1)
    .toReversed()
    .map(({ content, sender_type: type }) => ({ role: type === "agent" ? "assistant" : "user", content }))
}

/** What the model says; null where there is none. */
export const askModel = async (
  sql: postgres.Sql,
  { dialog, query, workspace }: { readonly workspace: string; readonly dialog: string; readonly query: string },
  passages: ReadonlyArray<Passage>
): Promise<ModelAnswer | null> => {
  if (provider === undefined) return null
  const told = passages.slice(0, PASSAGES).map(({ content, documentName }) => JSON.stringify({ documentName, content }))
  const result = streamText({
    model: provider.chatModel("bench"),
    instructions: ["You answer the customers of a company, from these passages alone:", ...told].join("\n"),
    messages: [...(await history(sql, workspace, dialog)), { role: "user", content: query }]
  })
  let text = ""
  for await (const delta of result.textStream) text += delta
  const { inputTokens = 0, outputTokens = 0 } = await result.usage
  return { text, tokens: { input: inputTokens, output: outputTokens } }
}
