import { randomUUID } from "node:crypto"
import { STATUS_CODES } from "node:http"
import type { Socket } from "node:net"
import { problem, PROBLEM_CONTENT_TYPE } from "@butler/contracts"

const STATUS: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }

const DETAIL: Readonly<Record<number, string>> = {
  400: "the bytes sent are not an HTTP request",
  408: "the request was not sent in time",
  431: "the headers are too large"
}

/** Answers what Node's parser refuses, before there is a request; the path is unknown, so it is a problem document. */
export const clientError = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy()
    return
  }
  const status = STATUS[error.code ?? ""] ?? 400
  const detail = DETAIL[status] ?? "the bytes sent are not an HTTP request"
  const body = JSON.stringify({ ...problem("invalid_request", { requestId: randomUUID(), detail }), status })
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `content-type: ${PROBLEM_CONTENT_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      "connection: close",
      "",
      body
    ].join("\r\n")
  )
}
