import {
  displayName,
  type KnowledgeBaseId,
  KnowledgeSources,
  SourceCursor,
  type SourceId,
  type SyncFrequency,
  type WebKind,
  type WorkspaceId
} from "@butler/domain"
import { Egress } from "@butler/webhooks/egress"
import { Effect } from "effect"
import { Refused } from "../http/Refused.ts"
import { newSourceId } from "../v1/sources/createSource.ts"
import type { ChatbotPlace } from "./changeChatbot.ts"
import { ownKnowledge } from "./ownKnowledge.ts"

/** What is to be read, and where the request has it. */
export interface Wanted {
  readonly url: string
  readonly field: string
}

/** How it is to be read. */
export interface Reading {
  readonly kind: WebKind
  readonly syncFrequency: SyncFrequency
}

const LIMITS: Readonly<Record<WebKind, { readonly maxPages: number; readonly maxDepth: number }>> = {
  url: { maxPages: 1, maxDepth: 0 },
  site: { maxPages: 1000, maxDepth: 5 },
  sitemap: { maxPages: 1000, maxDepth: 0 }
}

const CONCURRENCY = 8
const PAGE = 1000

/** All of them, or a refusal that names each address that may not be read. */
const judgeAll = Effect.fnUntraced(function* (wanted: ReadonlyArray<Wanted>) {
  const egress = yield* Egress
  const judge = ({ field, url }: Wanted) =>
    egress.judge(url).pipe(
      Effect.as([]),
      Effect.catch(({ reason }) => Effect.succeed([{ path: field, message: reason }]))
    )
  const issues = (yield* Effect.forEach(wanted, judge, { concurrency: CONCURRENCY })).flat()
  if (issues.length === 0) return
  const detail = issues.map(({ message, path }) => `${path} ${message}`).join("; ")
  return yield* new Refused({ code: "invalid_request", detail, issues })
})

/** What of a knowledge base is read from the web already, by kind and address. */
const knownSources = Effect.fnUntraced(function* (workspaceId: WorkspaceId, knowledgeBaseId: KnowledgeBaseId) {
  const sources = yield* KnowledgeSources
  const known = new Map<string, SourceId>()
  let after: SourceCursor | null = null
  for (;;) {
    const page = yield* sources.list(workspaceId, { knowledgeBaseId, limit: PAGE, after })
    for (const { id, kind, url } of page) known.set(`${kind} ${url}`, id)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return known
    after = SourceCursor.make(last.id.replace("src_", ""))
  }
})

/** Makes sources of addresses, each once; what is a source already is read again. Answers them in the order they were given. */
export const addLinks = Effect.fn("addLinks")(function* (
  place: ChatbotPlace,
  wanted: ReadonlyArray<Wanted>,
  { kind, syncFrequency }: Reading
) {
  const { workspaceId } = place
  yield* judgeAll(wanted)
  const knowledgeBaseId = yield* ownKnowledge(place)
  const sources = yield* KnowledgeSources
  const known = yield* knownSources(workspaceId, knowledgeBaseId)
  const newSource = Effect.fnUntraced(function* (url: string) {
    const named = { id: yield* newSourceId, name: displayName("", url), knowledgeBaseId }
    return { ...named, kind, url, syncFrequency, ...LIMITS[kind] }
  })
  const urls = [...new Set(wanted.map(({ url }) => url))]
  const oldIdOf = (url: string) => known.get(`${kind} ${url}`)
  const made = yield* Effect.forEach(
    urls.filter((url) => oldIdOf(url) === undefined),
    newSource
  )
  if (made.length > 0) {
    yield* sources.create(workspaceId, made).pipe(Effect.catchTag("KnowledgeBaseNotFound", Effect.die))
  }
  const old = urls.flatMap((url) => oldIdOf(url) ?? [])
  yield* Effect.orDie(Effect.forEach(old, (id) => sources.sync(workspaceId, id), { concurrency: CONCURRENCY }))
  const newIds = new Map(made.map(({ id, url }) => [url, id]))
  return urls.flatMap((url) => oldIdOf(url) ?? newIds.get(url) ?? [])
})
