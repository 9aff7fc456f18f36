import type { ServerResponse } from "node:http"
import { createGzip } from "node:zlib"
import type { ReceiverReply } from "./ReceiverReply.ts"

const BLOCK = Buffer.alloc(65_536, "x")
const ZEROS = Buffer.alloc(1_048_576)

/** Writes for as long as somebody reads. */
const pour = (response: ServerResponse): void => {
  const next = (): void => {
    while (!response.destroyed && response.write(BLOCK));
    if (!response.destroyed) response.once("drain", next)
  }
  next()
}

const bomb = (response: ServerResponse): void => {
  response.writeHead(200, { "content-encoding": "gzip" })
  const gzip = createGzip({ level: 9 })
  gzip.pipe(response)
  for (let megabyte = 0; megabyte < 100; megabyte++) gzip.write(ZEROS)
  gzip.end()
}

const later = (response: ServerResponse, ms: number, act: () => void): void => {
  const timer = setTimeout(act, ms)
  response.once("close", () => clearTimeout(timer))
}

/** Answers as told. */
export const misbehave = (reply: ReceiverReply, response: ServerResponse): void => {
  switch (reply.kind) {
    case "status":
      return later(response, reply.delayMs ?? 0, () =>
        response.writeHead(reply.status, { ...reply.headers }).end(reply.body)
      )
    case "hang":
      return
    case "drip": {
      response.writeHead(reply.status ?? 200).flushHeaders()
      const timer = setInterval(() => response.write("x"), reply.everyMs)
      response.once("close", () => clearInterval(timer))
      return
    }
    case "endless":
      response.writeHead(reply.status ?? 200)
      return pour(response)
    case "gzipBomb":
      return bomb(response)
    case "bigHeaders":
      response.writeHead(200, { "x-padding": "x".repeat(reply.bytes) }).end()
      return
    case "reset":
      if (reply.afterHeaders === true) response.writeHead(200, { "content-length": "10" }).flushHeaders()
      return later(response, reply.afterHeaders === true ? 20 : 0, () => response.socket?.resetAndDestroy())
    case "short":
      response.writeHead(200, { "content-length": "10" }).write("x")
      return later(response, 20, () => response.socket?.destroy())
    case "garbage":
      response.socket?.end("SMTP 220 welcome\r\n")
  }
}
