import type { ToolServerTransport } from "@butler/domain"
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { Effect, Redacted, type Scope } from "effect"
import type { Dispatcher } from "undici"
import { mcpFetch } from "./mcpFetch.ts"
import { ServerFailed } from "./ServerFailed.ts"
import { serverFailure } from "./serverFailure.ts"
import { stdioTransport } from "./stdioTransport.ts"
import type { ToolCommand, ToolCommands } from "./ToolCommand.ts"
import type { ToolLimits } from "./toolLimits.ts"

/** The ways out to servers. */
export interface ServerAccess {
  /** Dials what workspaces have named, and judges each address as it does. */
  readonly dispatcher: Dispatcher
  readonly commands: ToolCommands
  /** Where commands are looked for. */
  readonly path: string
  readonly limits: ToolLimits
}

/** A server that has been introduced to. */
export interface OpenClient {
  readonly client: Client
  readonly isOpen: () => boolean
  /** Whether the server keeps a session for it, which it may forget. */
  readonly hasSession: () => boolean
}

/** Once the connection is closed nothing is owed to a server any more. */
const FAREWELL = "1 second"

/** How long a program may ponder a question that it need not know. */
const PROBE_MS = 2_000

const makeClient = (mode: "auto" | "legacy"): Client =>
  new Client(
    { name: "butler", version: "1" },
    { capabilities: {}, versionNegotiation: { mode, probe: { timeoutMs: PROBE_MS } } }
  )

type Connecting = Effect.Effect<OpenClient, unknown, Scope.Scope>

const overHttp = (
  { headers = {}, url }: Extract<ToolServerTransport, { readonly type: "http" }>,
  { dispatcher, limits }: ServerAccess
): Connecting =>
  Effect.gen(function* () {
    const credentials = Object.entries(headers).map(([name, value]): [string, string] => [name, Redacted.value(value)])
    const transport = new StreamableHTTPClientTransport(new URL(url), {
      fetch: mcpFetch(dispatcher, limits),
      requestInit: { headers: credentials },
      // A stream that breaks is answered for; the SDK is not to go after it for as long as it sees fit.
      reconnectionOptions: {
        maxRetries: 0,
        initialReconnectionDelay: 0,
        maxReconnectionDelay: 0,
        reconnectionDelayGrowFactor: 1
      }
    })
    const client = makeClient("auto")
    const leave = Effect.promise(() => transport.terminateSession()).pipe(
      Effect.timeout(FAREWELL),
      Effect.ignoreCause,
      Effect.andThen(Effect.promise(() => client.close()))
    )
    yield* Effect.addFinalizer(() => leave)
    yield* Effect.tryPromise((signal) => client.connect(transport, { signal, timeout: limits.connectMs }))
    return { client, isOpen: () => true, hasSession: () => transport.sessionId !== undefined }
  })

const byStdio = (command: ToolCommand, mode: "auto" | "legacy", { limits, path }: ServerAccess): Connecting =>
  Effect.gen(function* () {
    const transport = stdioTransport(command, path, limits)
    const client = makeClient(mode)
    const end = Effect.promise(() => transport.close())
    yield* Effect.addFinalizer(() => end)
    yield* Effect.tryPromise((signal) => client.connect(transport, { signal, timeout: limits.connectMs })).pipe(
      Effect.onError(() => end)
    )
    return { client, isOpen: transport.isOpen, hasSession: () => false }
  })

const connecting = (transport: ToolServerTransport, access: ServerAccess): Connecting => {
  if (transport.type === "http") return overHttp(transport, access)
  const command = Object.hasOwn(access.commands, transport.command) ? access.commands[transport.command] : undefined
  if (command === undefined) {
    return new ServerFailed({ reason: "refused", detail: "the operator of this server has declared no such command" })
  }
  // Some programs end at a question that comes before the introduction: they are started again, and not asked.
  return byStdio(command, "auto", access).pipe(Effect.catch(() => byStdio(command, "legacy", access)))
}

/** Introduces itself to a server, and leaves it when the scope closes. */
export const openClient = (
  transport: ToolServerTransport,
  access: ServerAccess
): Effect.Effect<OpenClient, ServerFailed, Scope.Scope> =>
  connecting(transport, access).pipe(
    Effect.mapError(serverFailure),
    Effect.timeoutOrElse({
      duration: access.limits.connectMs,
      orElse: () => new ServerFailed({ reason: "timeout", detail: "the server did not introduce itself in time" })
    })
  )
