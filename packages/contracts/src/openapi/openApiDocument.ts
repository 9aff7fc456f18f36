import { OpenApi } from "effect/http-api"
import { api } from "../api.ts"

/** Keys a query parameter's schema states itself, since it travels as a string. */
const stated = new Set(["type", "minimum", "maximum"])

/** The OpenAPI 3.1 document of the service, as plain JSON. */
export const openApiDocument: OpenApi.OpenAPISpec = OpenApi.fromApi(api, {
  includeAnnotationKey: (key) => stated.has(key)
})
