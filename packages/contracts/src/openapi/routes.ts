import { HttpApi } from "effect/http-api"
import { api } from "../api.ts"

/** One route; `path` has its parameters as `:name`. */
export interface Route {
  readonly method: string
  readonly path: string
}

const collect = (): ReadonlyArray<Route> => {
  const found: Array<Route> = []
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint }) => {
      found.push({ method: endpoint.method, path: endpoint.path })
    }
  })
  return found
}

/** Every route of the service. */
export const routes: ReadonlyArray<Route> = collect()
