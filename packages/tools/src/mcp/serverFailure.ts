import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from "@modelcontextprotocol/client"
import { type AnswerFault, faultOf } from "./answerFault.ts"
import { ServerFailed } from "./ServerFailed.ts"

type Verdict = Pick<ServerFailed, "reason" | "detail">

const FAULTS: Readonly<Record<AnswerFault, Verdict>> = {
  too_large: { reason: "too_large", detail: "the answer is larger than what is read of one" },
  broken_off: { reason: "unreachable", detail: "the server broke off before it had answered" },
  not_an_answer: {
    reason: "invalid_answer",
    detail: "the server answered with something that is no answer to the request"
  }
}

/** What the system calls its failures. */
const SYSTEM: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the server refused the connection",
  ECONNRESET: "the connection to the server was cut",
  EPIPE: "the connection to the server was cut",
  UND_ERR_SOCKET: "the connection to the server was cut",
  UND_ERR_CONNECT_TIMEOUT: "the server could not be reached in time",
  ETIMEDOUT: "the server could not be reached in time",
  EHOSTUNREACH: "the server could not be reached",
  ENETUNREACH: "the server could not be reached",
  EAI_AGAIN: "the server's name could not be resolved",
  ENOTFOUND: "the server's name does not exist",
  ENOENT: "the command could not be started",
  EACCES: "the command could not be started"
}

const ofStatus = (status: number): Verdict => {
  if (status === 401 || status === 403) {
    return { reason: "refused", detail: `the server did not accept the credentials (status ${status})` }
  }
  if (status === 404 || status === 405) {
    return { reason: "unreachable", detail: `there is no server of tools at this address (status ${status})` }
  }
  return { reason: "unreachable", detail: `the server failed (status ${status})` }
}

const ofSdk = (error: SdkError): Verdict | null => {
  switch (error.code) {
    case SdkErrorCode.RequestTimeout:
      return { reason: "timeout", detail: "the server did not answer in time" }
    case SdkErrorCode.InvalidResult:
    case SdkErrorCode.UnsupportedResultType:
      return { reason: "invalid_answer", detail: "the server's answer has not the form of one" }
    case SdkErrorCode.ConnectionClosed:
    case SdkErrorCode.NotConnected:
    case SdkErrorCode.SendFailed:
      return { reason: "unreachable", detail: "the server went away" }
    default:
      return null
  }
}

const verdictOf = (error: unknown, depth = 0): Verdict | null => {
  if (!(error instanceof Error) || depth > 5) return null
  if ("_tag" in error && error._tag === "EgressRefused") {
    return { reason: "refused", detail: "the server is at an address that may not be reached, or leads on to another" }
  }
  if (error instanceof ProtocolError) {
    const fault = faultOf(error.code)
    if (fault !== null) return FAULTS[fault]
  }
  if (error instanceof SdkHttpError) return ofStatus(error.status)
  const own = error instanceof SdkError ? ofSdk(error) : null
  const system = "code" in error && typeof error.code === "string" ? SYSTEM[error.code] : undefined
  return own ?? (system === undefined ? verdictOf(error.cause, depth + 1) : { reason: "unreachable", detail: system })
}

const UNKNOWN: Verdict = { reason: "invalid_answer", detail: "the server does not speak as a server of tools does" }

/** Whatever went wrong with a server. */
export const serverFailure = (error: unknown): ServerFailed =>
  error instanceof ServerFailed ? error : new ServerFailed(verdictOf(error) ?? UNKNOWN)
