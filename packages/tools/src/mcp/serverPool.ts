import type { ToolResult } from "@butler/domain"
import { Cache, Effect, Exit, RcMap } from "effect"
import { makeBackoff } from "./backoff.ts"
import { callTool, type McpCall } from "./callTool.ts"
import { listTools } from "./listTools.ts"
import { type OpenClient, openClient, type ServerAccess } from "./openClient.ts"
import { ServerFailed } from "./ServerFailed.ts"
import { serverFailure } from "./serverFailure.ts"
import type { ServerKey } from "./serverKey.ts"

/** The lists that are kept; who has not been asked for longest is forgotten first. */
const LISTS = 256

interface ListKey {
  readonly server: ServerKey
  readonly allow: ReadonlyArray<string> | undefined
}

const late = (detail: string) => () => new ServerFailed({ reason: "timeout", detail })

const RESTING = new ServerFailed({
  reason: "unreachable",
  detail: "the server failed a moment ago and is left alone for a while"
})

const FORGETFUL = new ServerFailed({ reason: "unreachable", detail: "the server forgot who spoke to it" })

/** Connections to servers, each shared until it has been idle for a while, and what the servers offer. */
export const makeServerPool = Effect.fnUntraced(function* (access: ServerAccess) {
  const { limits } = access
  const backoff = makeBackoff()
  const pool = yield* RcMap.make({
    lookup: ({ id, transport }: ServerKey) =>
      Effect.gen(function* () {
        if (yield* backoff.isResting(id)) return yield* RESTING
        return yield* Effect.tapError(openClient(transport, access), () => backoff.failed(id))
      }),
    idleTimeToLive: limits.idleMs
  })
  const discard = (key: ServerKey) => RcMap.invalidate(pool, key)
  const open = (key: ServerKey) => Effect.tapError(RcMap.get(pool, key), () => discard(key))

  /** A program that has ended is started again, unless it does nothing but end. */
  const connected = Effect.fnUntraced(function* (key: ServerKey) {
    const found = yield* open(key)
    if (found.isOpen()) return found
    yield* discard(key)
    return yield* open(key)
  })
  const use = <A>(key: ServerKey, work: (open: OpenClient) => Effect.Effect<A, ServerFailed>) =>
    Effect.gen(function* () {
      const client = yield* connected(key)
      const done = yield* Effect.tapError(work(client), () => (client.isOpen() ? Effect.void : backoff.failed(key.id)))
      yield* backoff.worked(key.id)
      return done
    }).pipe(Effect.scoped)

  const fetchList = ({ allow, server }: ListKey) =>
    use(server, ({ client }) =>
      Effect.tryPromise({ try: (signal) => listTools(client, allow, limits, signal), catch: serverFailure }).pipe(
        Effect.timeoutOrElse({ duration: limits.listMs, orElse: late("the server did not list its tools in time") })
      )
    )
  const lists = yield* Cache.makeWith(fetchList, {
    capacity: LISTS,
    timeToLive: (exit) => (Exit.isSuccess(exit) ? limits.listedMs : 0)
  })

  const callOnce = (key: ServerKey, call: McpCall) => use(key, (client) => callTool(client, call, limits))
  const call = Effect.fnUntraced(
    function* (key: ServerKey, wanted: McpCall): Effect.fn.Return<ToolResult, ServerFailed> {
      const result = yield* callOnce(key, wanted)
      if (result !== null) return result
      yield* discard(key)
      return (yield* callOnce(key, wanted)) ?? (yield* FORGETFUL)
    },
    Effect.timeoutOrElse({ duration: limits.callMs, orElse: late("the tool did not answer in time") })
  )

  return {
    list: (key: ListKey) => Cache.get(lists, key),
    refresh: (key: ListKey) => Effect.andThen(Cache.invalidate(lists, key), Cache.get(lists, key)),
    call
  }
})
