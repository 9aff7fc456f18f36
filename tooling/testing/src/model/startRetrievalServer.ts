import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { json } from "node:stream/consumers"

export interface RetrievalServer {
  /** The base URL of the embeddings; texts are ranked under `<url>/rerank`. */
  readonly url: string
  /** The texts of each request for vectors so far. */
  readonly embedded: ReadonlyArray<ReadonlyArray<string>>
  /** The queries that texts were ranked for. */
  readonly ranked: ReadonlyArray<string>
  /** From now on every request is answered by this status; 200 is an answer again. */
  readonly answerWith: (status: number) => void
  readonly stop: () => Promise<void>
}

/** Words that mean the same; the first stands for the others. */
export type Meanings = ReadonlyArray<ReadonlyArray<string>>

const DIMENSION = 64

const wordsOf = (text: string, meanings: Meanings): ReadonlyArray<string> =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(
    (word) => meanings.find((same) => same.includes(word))?.[0] ?? word
  )

const placeOf = (word: string): number =>
  [...word].reduce((hash, character) => (hash * 31 + (character.codePointAt(0) ?? 0)) % 104_729, 7) % DIMENSION

const vectorOf = (text: string, meanings: Meanings): ReadonlyArray<number> => {
  const vector = Array.from({ length: DIMENSION }, () => 0.01)
  for (const word of wordsOf(text, meanings)) vector[placeOf(word)] = (vector[placeOf(word)] ?? 0) + 1
  return vector
}

const textOf = (body: unknown, key: string): string => {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, key) : ""
  return typeof value === "string" ? value : ""
}

const textsOf = (body: unknown, key: string): ReadonlyArray<string> => {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, key) : []
  return Array.isArray(value) ? value.map(String) : []
}

/**
 * Starts endpoints on the loopback that make vectors, as OpenAI does, and rank texts, as Cohere does. Texts are alike as far as
 * they have words of the same meaning; the shortest text that has any of them ranks first.
 */
export const startRetrievalServer = async (meanings: Meanings = []): Promise<RetrievalServer> => {
  const embedded: Array<ReadonlyArray<string>> = []
  const ranked: Array<string> = []
  let status = 200

  const embeddings = (body: unknown) => {
    const texts = textsOf(body, "input")
    embedded.push(texts)
    return {
      object: "list",
      data: texts.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text, meanings) })),
      usage: { prompt_tokens: 1, total_tokens: 1 }
    }
  }

  const ranking = (body: unknown) => {
    const query = textOf(body, "query")
    ranked.push(query)
    const asked = new Set(wordsOf(query, meanings))
    const scores = textsOf(body, "documents").map((text, index) => {
      const isFit = wordsOf(text, meanings).some((word) => asked.has(word))
      return { index, relevance_score: isFit ? 1 / (1 + text.length / 100) : 0 }
    })
    return { results: scores.toSorted((a, b) => b.relevance_score - a.relevance_score) }
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body: unknown = await json(incoming)
    const isEmbedding = incoming.url?.endsWith("/embeddings") === true
    const answer = status === 200 ? (isEmbedding ? embeddings(body) : ranking(body)) : { error: { message: "no" } }
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer))
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the retrieval server has no port")

  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    embedded,
    ranked,
    answerWith: (next) => {
      status = next
    },
    stop: async () => {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}
