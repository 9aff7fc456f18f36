import { acceptTurn, Answerer, API_CHANNEL, Ids, layerMemory, resolve, runTurn, Workspaces } from "@butler/domain"
import { Console, Effect, Layer } from "effect"

const answer = (text: string) =>
  ({ parts: [{ contentType: "text", content: text, url: "" }], agentLogs: [], steps: [] }) as const
const parrot = Layer.succeed(Answerer, { answer: ({ query }) => Effect.succeed(answer(`You said: ${query}`)) })

const program = Effect.gen(function* () {
  // The rules alone: who names nothing gets a new contact.
  const request = { userId: null, dialogId: null, ifMissing: "error" } as const
  const resolution = yield* Effect.fromResult(resolve(request, { contact: null, dialog: null }))
  yield* Console.log(resolution._tag)

  // A turn from its query to its answer.
  const ids = yield* Ids
  const { id: workspaceId } = yield* (yield* Workspaces).create(
    { id: yield* ids.workspaceId, name: "Shop" },
    { id: yield* ids.agentId, name: "Butler" }
  )
  const message = { query: "Where is my order?", attachments: [], channel: API_CHANNEL, sendWebhook: null }
  const options = { onBusy: "enqueue", quietMs: 0, idempotency: null, leaseMs: 30_000 } as const
  const { runnable } = yield* acceptTurn({ workspaceId, ...request, ...message, ...options })
  if (runnable === null) return
  const { ending } = yield* runTurn(runnable)
  yield* Console.log(ending.status, ending.status === "completed" ? ending.replies[0]?.content : ending.error)
})

await Effect.runPromise(program.pipe(Effect.provide([layerMemory, parrot])))
