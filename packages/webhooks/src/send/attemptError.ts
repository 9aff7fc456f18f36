import type { AttemptError } from "@butler/domain"
import { errors } from "undici"
import { EgressRefused } from "../egress/EgressRefused.ts"

const CONNECT = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL", "EHOSTDOWN", "ENETDOWN"])

const RESET = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"])

const codeOf = (error: Error): string => ("code" in error && typeof error.code === "string" ? error.code : "")

/** Node and OpenSSL name a failed handshake in many ways; all say so in their code. */
const isTls = (code: string): boolean =>
  /^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO$|INVALID_PURPOSE|PATH_LENGTH)/.test(
    code
  )

const isDns = (error: Error): boolean =>
  "syscall" in error && typeof error.syscall === "string" && /^(query|getaddrinfo)/.test(error.syscall)

/** The class of whatever ended a request before its answer was complete. */
export const attemptErrorOf = (cause: unknown): AttemptError => {
  if (cause instanceof EgressRefused) return "refused_address"
  if (!(cause instanceof Error)) return "protocol"
  // One error for each address that was tried; they fail alike.
  if (cause instanceof AggregateError) return attemptErrorOf(cause.errors[0])
  const code = codeOf(cause)
  if (isDns(cause)) return "dns"
  if (cause instanceof errors.ConnectTimeoutError || code === "ETIMEDOUT") return "timeout"
  if (cause instanceof errors.HeadersTimeoutError || cause instanceof errors.BodyTimeoutError) return "timeout"
  if (cause instanceof errors.HeadersOverflowError) return "headers_too_large"
  if (CONNECT.has(code)) return "connect"
  if (isTls(code)) return "tls"
  if (RESET.has(code) || cause instanceof errors.SocketError) return "reset"
  return "protocol"
}
