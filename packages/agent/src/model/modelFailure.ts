import { APICallError, InvalidResponseDataError, JSONParseError, TypeValidationError } from "@ai-sdk/provider"
import { ModelFailed } from "@butler/domain"

interface Verdict {
  readonly detail: string
  readonly retryable: boolean
  readonly retryAfterMs?: number | null
}

const failed = ({ detail, retryable, retryAfterMs = null }: Verdict): ModelFailed =>
  new ModelFailed({ type: "model_failed", detail, retryable, retryAfterMs })

/** How long a 429 or 503 asks to wait: `retry-after-ms`, seconds, or a date. */
export const retryAfterMs = (headers: Readonly<Record<string, string>> | undefined, now: number): number | null => {
  const millis = Number(headers?.["retry-after-ms"] ?? Number.NaN)
  if (Number.isFinite(millis) && millis >= 0) return millis
  const text = headers?.["retry-after"]?.trim()
  if (text === undefined || text === "") return null
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

const ofStatus = (status: number): Verdict => {
  if (status === 401 || status === 403) {
    return { detail: `the model endpoint did not accept the key (status ${status})`, retryable: false }
  }
  if (status === 404)
    return { detail: "the model endpoint does not know the model or the path (status 404)", retryable: false }
  if (status === 408 || status === 429)
    return { detail: `the model endpoint is busy (status ${status})`, retryable: true }
  if (status >= 500) return { detail: `the model endpoint failed (status ${status})`, retryable: true }
  return { detail: `the model endpoint refused the request (status ${status})`, retryable: false }
}

/** What the network calls its failures, by the words they are told in. */
const NETWORK: Readonly<Record<string, Verdict>> = {
  ECONNREFUSED: { detail: "the model endpoint refused the connection", retryable: true },
  ECONNRESET: { detail: "the connection to the model endpoint was cut", retryable: true },
  EPIPE: { detail: "the connection to the model endpoint was cut", retryable: true },
  UND_ERR_SOCKET: { detail: "the connection to the model endpoint was cut", retryable: true },
  UND_ERR_CONNECT_TIMEOUT: { detail: "the model endpoint could not be reached in time", retryable: true },
  ETIMEDOUT: { detail: "the model endpoint could not be reached in time", retryable: true },
  EHOSTUNREACH: { detail: "the model endpoint could not be reached", retryable: true },
  ENETUNREACH: { detail: "the model endpoint could not be reached", retryable: true },
  EAI_AGAIN: { detail: "the model endpoint's name could not be resolved", retryable: true },
  ENOTFOUND: { detail: "the model endpoint's name does not exist", retryable: false }
}

/** By its tag, which the guard puts on it wherever it lives. */
const isRefusedByGuard = (error: Error): boolean => "_tag" in error && error._tag === "EgressRefused"

const networkVerdict = (error: unknown, depth = 0): Verdict | undefined => {
  if (!(error instanceof Error) || depth > 5) return undefined
  if (isRefusedByGuard(error))
    return { detail: "the model endpoint is at an address that may not be reached", retryable: false }
  const code = "code" in error && typeof error.code === "string" ? NETWORK[error.code] : undefined
  return code ?? networkVerdict(error.cause, depth + 1)
}

const NOT_A_COMPLETION: Verdict = {
  detail: "the model endpoint answered with something that is not a chat completion",
  retryable: false
}

/**
 * The AI SDK's error as one that is safe to show. The endpoint's own text is left out: it may repeat the key or the
 * prompt.
 */
export const modelFailure = (error: unknown, now: number): ModelFailed => {
  const network = networkVerdict(error)
  if (network !== undefined) return failed(network)
  if (APICallError.isInstance(error)) {
    const status = error.statusCode ?? 0
    if (status < 300) return failed(NOT_A_COMPLETION)
    return failed({ ...ofStatus(status), retryAfterMs: retryAfterMs(error.responseHeaders, now) })
  }
  if (JSONParseError.isInstance(error) || TypeValidationError.isInstance(error)) return failed(NOT_A_COMPLETION)
  if (InvalidResponseDataError.isInstance(error)) return STOPPED_HALF_WAY
  return failed({ detail: "the model endpoint reported an error", retryable: true })
}

/** A workspace chose the URL, and this process has no guard to dial it with. */
export const NOT_DIALLED = failed({
  detail: "this server calls no model endpoint but its operator's",
  retryable: false
})

/** Nothing is sent: the endpoint would be told all of the prompt, and refuse it. */
export const KEY_UNREADABLE = failed({
  detail: "the model's key cannot be decrypted by this server: it has to be set once more",
  retryable: false
})

/** A stream that ended without saying that it is complete. */
export const STOPPED_HALF_WAY = failed({
  detail: "the model endpoint stopped in the middle of its answer",
  retryable: true
})
