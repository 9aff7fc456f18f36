import { type AnswerFault, faultAnswer } from "./answerFault.ts"

/** A body that is being received. */
export type Body = AsyncIterable<Uint8Array<ArrayBuffer>>

const encoder = new TextEncoder()

/** What there is of a body, up to a number of bytes; null where there is more. Nothing is read beyond. */
export const readBounded = async (body: Body, maxBytes: number): Promise<string | null> => {
  const chunks: Array<Uint8Array> = []
  let left = maxBytes
  for await (const chunk of body) {
    left -= chunk.byteLength
    if (left < 0) return null
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

const answers = (json: string, id: string | number): boolean => {
  try {
    const message: unknown = JSON.parse(json)
    return typeof message === "object" && message !== null && "id" in message && message.id === id
  } catch {
    return false
  }
}

/** The JSON that answers a request: the server's, or ours in its place. */
export const jsonAnswer = async (body: Body, id: string | number, maxBytes: number): Promise<string> => {
  const json = await readBounded(body, maxBytes)
  if (json === null) return JSON.stringify(faultAnswer(id, "too_large"))
  return answers(json, id) ? json : JSON.stringify(faultAnswer(id, "not_an_answer"))
}

/**
 * The events that answer a request, and behind them an answer of ours, which counts where the server has given none before it
 * went away or went on too long.
 */
export const eventAnswer = async function* (
  body: Body,
  id: string | number,
  maxBytes: number,
  signal: AbortSignal,
  done: () => void
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let left = maxBytes
  let fault: AnswerFault = "broken_off"
  try {
    for await (const chunk of body) {
      left -= chunk.byteLength
      if (left < 0) {
        fault = "too_large"
        break
      }
      yield chunk
    }
  } catch (cause) {
    if (signal.aborted) throw cause
  } finally {
    done()
  }
  yield encoder.encode(`\n\ndata: ${JSON.stringify(faultAnswer(id, fault))}\n\n`)
}
