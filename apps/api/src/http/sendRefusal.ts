import {
  butlerError,
  butlerErrorTypes,
  type ErrorCode,
  localeOf,
  problem,
  PROBLEM_CONTENT_TYPE,
  problemCodes,
  sitegptError,
  statusOf
} from "@butler/contracts"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { Refused } from "./Refused.ts"

export const BUTLER_PREFIX = "/api/open/"

/** `/api/v0/…`, and the one newer call. */
const SITEGPT = /^\/api\/v[01](?:[/?]|$)/

const JSON_CONTENT_TYPE = "application/json; charset=utf-8"

/** A code that a face does not know would be a fault of ours, as the faces' own tables are exhaustive. */
const known = <Code extends ErrorCode>(codes: ReadonlyArray<Code | "internal">, code: ErrorCode): Code | "internal" =>
  codes.find((candidate) => candidate === code) ?? "internal"

/** The body of a refusal in the words of the face that was asked: its envelope, or else a problem document. */
export const refusalBody = (
  refused: Refused,
  request: { readonly id: string; readonly url: string; readonly acceptLanguage: string | undefined }
): { readonly status: number; readonly contentType: string; readonly body: string } => {
  const details = {
    requestId: request.id,
    ...(refused.detail !== undefined && { detail: refused.detail }),
    ...(refused.issues !== undefined && { issues: refused.issues })
  }
  if (request.url.startsWith(BUTLER_PREFIX)) {
    const code = known(butlerErrorTypes, refused.code)
    const locale = localeOf(request.acceptLanguage)
    return {
      status: statusOf(code),
      contentType: JSON_CONTENT_TYPE,
      body: JSON.stringify(butlerError(code, { ...details, locale }))
    }
  }
  if (SITEGPT.test(request.url)) {
    const { body, status } = sitegptError(refused.code, details)
    return { status, contentType: JSON_CONTENT_TYPE, body: JSON.stringify(body) }
  }
  const code = known(problemCodes, refused.code)
  return { status: statusOf(code), contentType: PROBLEM_CONTENT_TYPE, body: JSON.stringify(problem(code, details)) }
}

export const sendRefusal = (refused: Refused, request: FastifyRequest, reply: FastifyReply): void => {
  const acceptLanguage = request.headers["accept-language"]
  const { status, contentType, body } = refusalBody(refused, {
    id: request.id,
    url: request.raw.url ?? "",
    acceptLanguage
  })
  void reply
    .code(status)
    .headers({ ...refused.headers, "content-type": contentType })
    .send(body)
}
