import { HttpClient, HttpClientRequest } from "effect/http"
import { HttpApiClient } from "effect/http-api"
import { api } from "./api.ts"

/** A typed client of every route, made from the declarations; it needs an `HttpClient` to send with. */
export const httpClient = (options: { readonly baseUrl: string | URL; readonly apiKey: string }) =>
  HttpApiClient.make(api, {
    baseUrl: options.baseUrl,
    transformClient: HttpClient.mapRequest(HttpClientRequest.bearerToken(options.apiKey))
  })
