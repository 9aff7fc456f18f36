import { type Api, KEY } from "./startApi.ts"

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

export interface Call {
  readonly method?: string
  /** Null sends no key. */
  readonly key?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** One request to the service; the body as JSON where it is that. */
export const call = async (
  api: Api,
  path: string,
  { headers, json, key = KEY, method, raw }: Call = {}
): Promise<Answer> => {
  const body = raw ?? (json === undefined ? undefined : JSON.stringify(json))
  const response = await fetch(`${api.url}${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    redirect: "manual",
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers
    },
    ...(body !== undefined && { body })
  })
  return { status: response.status, headers: response.headers, body: parsed(await response.text()) }
}

export const COMPLETIONS = "/api/open/v4/butler/chat/completions"

/** The value under a path of keys, whatever is on the way. */
export const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value
  )

export const textAt = (value: unknown, ...path: ReadonlyArray<string | number>): string => String(at(value, ...path))

export const listAt = (value: unknown, ...path: ReadonlyArray<string | number>): ReadonlyArray<unknown> => {
  const list = at(value, ...path)
  return Array.isArray(list) ? list : []
}

/** Sends one contact's message. */
export const say = (
  api: Api,
  json: Readonly<Record<string, unknown>>,
  rest: Omit<Call, "json"> = {}
): Promise<Answer> => call(api, COMPLETIONS, { ...rest, json })
