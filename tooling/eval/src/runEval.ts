import { AgentChangeRequest, AgentParams, NewDocument } from "@butler/contracts"
import { httpClient } from "@butler/contracts/openapi"
import { Effect, Schema } from "effect"
import { FetchHttpClient } from "effect/http"
import { readFile } from "node:fs/promises"
import { BadLine, EvalDialog, readLines } from "./EvalDialog.ts"
import type { Options } from "./Options.ts"
import { type Client, replay } from "./replay.ts"
import { comparison, passRate, report } from "./report.ts"
import { startServer } from "./startServer.ts"

const CHANGE = Schema.fromJsonString(AgentChangeRequest)

/** A file cannot be read. */
class FileUnreadable extends Schema.TaggedError<FileUnreadable>()("FileUnreadable", { reason: Schema.String }) {
  override get message(): string {
    return this.reason
  }
}

const readText = (file: string) =>
  Effect.tryPromise({
    try: () => readFile(file, "utf8"),
    catch: (cause) => new FileUnreadable({ reason: String(cause) })
  })

const linesOf = <A>(schema: Schema.Decoder<A>, file: string) =>
  Effect.flatMap(readText(file), (text) => readLines(schema, file, text))

const agentOf = Effect.fnUntraced(function* (client: Client, { agent }: Options) {
  const wanted = agent ?? (yield* client.access.getWorkspace()).defaultAgentId
  const { agentId } = yield* Schema.decodeEffect(AgentParams)({ agentId: wanted })
  yield* client.agents.getAgent({ params: { agentId } })
  return agentId
})

/** A server is asked as it is; one of our own is first given its knowledge and its agent. */
const connect = Effect.fnUntraced(function* ({ knowledge, server, settings }: Options) {
  const documents = knowledge === undefined ? [] : yield* linesOf(NewDocument, knowledge)
  const change = settings === undefined ? undefined : yield* Schema.decodeEffect(CHANGE)(yield* readText(settings))
  const { key, url } = server ?? (yield* startServer(knowledge === undefined))
  const client = yield* httpClient({ baseUrl: url, apiKey: key })
  yield* Effect.forEach(documents, (payload) => client.knowledge.createDocument({ payload }))
  if (change !== undefined) {
    const { defaultAgentId } = yield* client.access.getWorkspace()
    const params = yield* Schema.decodeEffect(AgentParams)({ agentId: defaultAgentId })
    yield* client.agents.changeAgent({ params, payload: change })
  }
  return client
})

/** Replays the file's dialogs; what is to be printed, and whether enough of the turns are as expected. */
export const runEval = Effect.fn("runEval")(
  function* (options: Options) {
    const { against, atOnce, file, minPass, side } = options
    const dialogs = yield* linesOf(EvalDialog, file)
    if (dialogs.length === 0) return yield* new BadLine({ file, line: 1, reason: "there is no dialog" })
    const client = yield* connect(options)
    const agentId = yield* agentOf(client, options)
    const judged = yield* replay({ client, agentId, side, atOnce }, dialogs)
    const lines = [...report(side, judged)]
    if (against !== undefined) {
      const other = yield* replay({ client, agentId, side: against, atOnce }, dialogs)
      lines.push(...report(against, other), `${side} against ${against}`, ...comparison(judged, other))
    }
    return { lines, passed: passRate(judged) >= minPass }
  },
  Effect.scoped,
  Effect.provide(FetchHttpClient.layer)
)
