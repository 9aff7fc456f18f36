import type { DocumentId, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"
import { query } from "../database/query.ts"
import { byIndex } from "./byIndex.ts"

/** Locks the knowledge bases that documents are in until the transaction ends, as all do that change an index. */
export const lockBasesOf = (workspaceId: WorkspaceId, ids: ReadonlyArray<DocumentId>) =>
  query("knowledge.lockBases", (db) =>
    sql`
      select ${byIndex} from knowledge_base base
      where base.workspace_id = ${workspaceId} and base.knowledge_base_id in (
        select knowledge_base_id from document where workspace_id = ${workspaceId} and id = any(${ids}::text[])
      )
      order by base.knowledge_base_id
      for no key update
    `.execute(db)
  )
