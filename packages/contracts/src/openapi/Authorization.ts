import { HttpApiMiddleware, HttpApiSecurity, OpenApi } from "effect/http-api"

const described = (description: string) => HttpApiSecurity.annotateMerge(OpenApi.annotations({ description }))

/**
 * Three places for one and the same API key, or an access token of it; any one of them will do. Only declared here, never implemented.
 *
 * @effect-expect-leaking HttpServerRequest | ParsedSearchParams | RouteContext
 */
export class Authorization extends HttpApiMiddleware.Service<Authorization>()("@butler/contracts/Authorization", {
  security: {
    bearer: HttpApiSecurity.bearer.pipe(described("`Authorization: Bearer bk_…`")),
    authorization: HttpApiSecurity.apiKey({ key: "Authorization" }).pipe(
      described("`Authorization: bk_…`, without the word Bearer.")
    ),
    apiKey: HttpApiSecurity.apiKey({ key: "x-api-key" }).pipe(described("`x-api-key: bk_…`"))
  }
}) {}
