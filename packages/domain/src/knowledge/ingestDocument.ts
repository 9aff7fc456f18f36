import { Effect } from "effect"
import { indexDocument, type IngestCommand } from "./indexDocument.ts"
import { Knowledge } from "./Knowledge.ts"

/** Cuts a document into chunks, indexes and stores it; one of the same id is replaced. */
export const ingestDocument = Effect.fn("Knowledge.ingestDocument")(function* (command: IngestCommand) {
  const knowledge = yield* Knowledge
  const { chunks, document } = yield* indexDocument(command)
  return yield* knowledge.put(command.workspaceId, document, chunks)
})
