import type { KnowledgeBaseId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { retryTransient } from "../database/transaction.ts"
import { lockBase } from "./baseStatements.ts"
import { byIndex } from "./byIndex.ts"
import { mergeRecent } from "./mergeRecent.ts"

interface UnmergedBase {
  readonly workspaceId: WorkspaceId
  readonly id: KnowledgeBaseId
}

/** Some ms for each 10,000 knowledge bases. */
const unmergedBases = query("knowledge.unmergedBases", (db) =>
  sql<UnmergedBase>`
    select workspace_id as "workspaceId", knowledge_base_id as id from knowledge_base where recent_postings > 0
  `.execute(db)
).pipe(Effect.map(({ rows }) => rows))

const mergeOne = Effect.fnUntraced(function* ({ id, workspaceId }: UnmergedBase) {
  yield* query("knowledge.lock", (db) => lockBase(db, workspaceId, id))
  yield* query("knowledge.byIndex", (db) => sql`select ${byIndex}`.execute(db))
  yield* mergeRecent(workspaceId, id)
}, retryTransient)

/** Merges what the indexes of all knowledge bases have not merged; any number of processes may do it at once. */
export const mergeKnowledge = Effect.flatMap(unmergedBases, (bases) =>
  Effect.forEach(bases, mergeOne, { discard: true })
)
