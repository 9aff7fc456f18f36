import { once } from "node:events"
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from "node:http"
import { createServer as createSecure } from "node:https"
import { text } from "node:stream/consumers"
import { misbehave } from "./misbehave.ts"
import { ok, type ReceivedRequest, type ReceiverScript } from "./ReceiverReply.ts"
import { testCertificate, testKey } from "./testCertificate.ts"

export interface Receiver {
  readonly url: string
  readonly port: number
  /** What has come in so far, oldest first. */
  readonly requests: ReadonlyArray<ReceivedRequest>
  /** Changes what it does from now on. */
  readonly play: (script: ReceiverScript) => void
  /** Settles when that many requests have come in. */
  readonly received: (count: number) => Promise<void>
  readonly stop: () => Promise<void>
}

export interface ReceiverOptions {
  /** With a certificate that nobody has signed. */
  readonly tls?: boolean
  readonly port?: number
  readonly host?: string
}

/** Starts a receiver of webhooks that does what the script says. */
export const startReceiver = async (script: ReceiverScript = ok, options: ReceiverOptions = {}): Promise<Receiver> => {
  const requests: Array<ReceivedRequest> = []
  const waiting: Array<{ readonly count: number; readonly go: () => void }> = []
  let current = script

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request: ReceivedRequest = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      rawHeaders: incoming.rawHeaders,
      body: await text(incoming),
      at: performance.now()
    }
    const index = requests.push(request) - 1
    for (const { count, go } of waiting) if (requests.length >= count) go()
    misbehave(typeof current === "function" ? current(request, index) : current, response)
  }
  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    // A sender that goes away in the middle of its request is of no interest.
    handle(incoming, response).catch(() => response.destroy())
  }
  const server =
    options.tls === true
      ? createSecure({ cert: testCertificate, key: testKey }, listener)
      : createPlain({ keepAliveTimeout: 60_000 }, listener)
  server.listen(options.port ?? 0, options.host ?? "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the receiver has no port")

  return {
    url: `${options.tls === true ? "https" : "http"}://${options.host ?? "127.0.0.1"}:${address.port}`,
    port: address.port,
    requests,
    play: (next) => {
      current = next
    },
    received: (count) =>
      requests.length >= count ? Promise.resolve() : new Promise((go) => waiting.push({ count, go })),
    stop: async () => {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}
