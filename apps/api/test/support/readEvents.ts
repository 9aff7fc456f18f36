export interface ReceivedEvent {
  readonly id: number
  readonly event: string
  readonly data: unknown
}

const parseEvent = (block: string): ReadonlyArray<ReceivedEvent> => {
  const fields = new Map(
    block.split("\n").map((line): [string, string] => {
      const colon = line.indexOf(": ")
      return [line.slice(0, colon), line.slice(colon + 2)]
    })
  )
  const event = fields.get("event")
  if (event === undefined) return []
  const data: unknown = JSON.parse(fields.get("data") ?? "null")
  return [{ id: Number(fields.get("id")), event, data }]
}

/** Reads a response's server-sent events, to its end or for as long as `goOn` says. */
export const readEvents = async (
  response: Response,
  goOn: (events: ReadonlyArray<ReceivedEvent>) => boolean = () => true
): Promise<ReadonlyArray<ReceivedEvent>> => {
  const decoder = new TextDecoder()
  const events: Array<ReceivedEvent> = []
  let rest = ""
  if (response.body === null) return events
  for await (const chunk of response.body) {
    rest += decoder.decode(chunk, { stream: true })
    const blocks = rest.split("\n\n")
    rest = blocks.pop() ?? ""
    events.push(...blocks.flatMap(parseEvent))
    if (!goOn(events)) break
  }
  return events
}
