import type { NewSourceRequest } from "@butler/contracts"
import {
  DEFAULT_KNOWLEDGE_BASE,
  displayName,
  Ids,
  KnowledgeSources,
  type NewSource,
  SourceId,
  type WorkspaceId
} from "@butler/domain"
import { Egress } from "@butler/webhooks/egress"
import { Effect, Stream } from "effect"
import { refuseIssues } from "../webhooks/endpointIssues.ts"
import { storeFile } from "./storeFile.ts"

export const newSourceId = Effect.map(
  Ids.use(({ snowflake }) => snowflake),
  (id) => SourceId.make(`src_${id}`)
)

/** Where a source leads is judged as every address that callers name; each page of it is once more when it is read. */
const judge = (url: string) =>
  Egress.use((egress) => egress.judge(url)).pipe(
    Effect.mapError(({ reason }) => refuseIssues([{ path: "url", message: reason }]))
  )

const limitsOf = ({ kind, maxDepth, maxPages }: NewSourceRequest) => ({
  maxPages: kind === "url" ? 1 : maxPages,
  maxDepth: kind === "site" ? maxDepth : 0
})

/** Adds a source that came as JSON: an address, or words that are stored as a file is. */
export const createSource = Effect.fn("createSource")(function* (workspaceId: WorkspaceId, wanted: NewSourceRequest) {
  const { kind, knowledgeBaseId = DEFAULT_KNOWLEDGE_BASE, name, pairs, syncFrequency, text, url = null } = wanted
  const source: NewSource = {
    id: yield* newSourceId,
    knowledgeBaseId,
    kind,
    name: displayName(name ?? "", url ?? kind),
    url,
    syncFrequency: url === null ? "never" : syncFrequency,
    ...(url === null ? { maxPages: 1, maxDepth: 0 } : limitsOf(wanted))
  }
  if (url === null) {
    const bytes = Buffer.from(pairs === undefined ? (text ?? "") : JSON.stringify(pairs))
    return yield* storeFile(workspaceId, source, Stream.succeed(bytes), Infinity)
  }
  yield* judge(url)
  const [created] = yield* KnowledgeSources.use((sources) => sources.create(workspaceId, [source]))
  return created ?? (yield* Effect.die(new Error(`source ${source.id} was not stored`)))
})
