import { parsed } from "./json.ts"

export interface StreamEvent {
  readonly id: number
  readonly event: string
  readonly data: unknown
}

const field = (block: string, name: string): string =>
  block
    .split("\n")
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2) ?? ""

/** The server-sent events of a response, as they come. Throws when the connection breaks. */
export async function* readEvents(response: Response): AsyncGenerator<StreamEvent> {
  if (response.body === null) return
  let text = ""
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split("\n\n")
    text = blocks.pop() ?? ""
    for (const block of blocks) {
      if (block.startsWith(":")) continue
      yield { id: Number(field(block, "id")), event: field(block, "event"), data: parsed(field(block, "data")) }
    }
  }
}
