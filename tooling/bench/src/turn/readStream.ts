import type { Pool } from "undici"

export interface StreamedEvent {
  readonly id: number
  readonly event: string
  readonly data: string
}

const parse = (block: string): StreamedEvent | undefined => {
  const [, id, event, data] = /^id: (\d+)\nevent: (\S+)\ndata: (.*)$/.exec(block) ?? []
  return id === undefined || event === undefined || data === undefined ? undefined : { id: Number(id), event, data }
}

/** Sends a question and reads the events of its turn as they come, to the end. */
export const readStream = async (
  pool: Pool,
  key: string,
  query: string,
  onEvent: (event: StreamedEvent) => void
): Promise<void> => {
  const { body, statusCode } = await pool.request({
    method: "POST",
    path: "/api/open/v4/butler/chat/completions",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ query, stream: true })
  })
  if (statusCode !== 200) throw new Error(`status ${statusCode}: ${(await body.text()).slice(0, 500)}`)
  body.setEncoding("utf8")
  let rest = ""
  for await (const chunk of body) {
    const blocks = `${rest}${String(chunk)}`.split("\n\n")
    rest = blocks.pop() ?? ""
    for (const block of blocks) {
      const event = parse(block)
      if (event !== undefined) onEvent(event)
    }
  }
}
