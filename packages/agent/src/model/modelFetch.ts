import type { Dispatcher } from "undici"

/** What a model may send in one answer; far above any real one, and a bound for an endpoint gone wild. */
const MAX_BYTES = 16 * 1024 * 1024

/** Statuses that have no body. */
const BODILESS = new Set([204, 205, 304])

const bounded = async function* (
  body: AsyncIterable<Uint8Array<ArrayBuffer>>
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let left = MAX_BYTES
  for await (const chunk of body) {
    left -= chunk.byteLength
    if (left < 0) throw new Error("the model's answer is larger than any answer")
    yield chunk
  }
}

const textBody = (body: RequestInit["body"]): string => {
  if (typeof body === "string") return body
  throw new Error("a model request has a text body")
}

/**
 * `fetch` as the AI SDK wants it, on a given dispatcher: it follows no redirect, knows no proxy and keeps no time of its
 * own, all of which the global one does.
 */
export const modelFetch =
  (dispatcher: Dispatcher): typeof globalThis.fetch =>
  async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const { body, headers, statusCode } = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: init.method === "GET" ? "GET" : "POST",
      headers: Object.fromEntries(new Headers(init.headers)),
      body: init.method === "GET" ? null : textBody(init.body),
      signal: init.signal ?? null,
      responseHeaders: null
    })
    const pairs = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] satisfies [string, string]]
    )
    if (BODILESS.has(statusCode)) await body.dump()
    return new Response(BODILESS.has(statusCode) ? null : ReadableStream.from(bounded(body)), {
      status: statusCode,
      headers: pairs
    })
  }
