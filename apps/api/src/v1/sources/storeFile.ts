import { KnowledgeSources, type NewSource, type WorkspaceId } from "@butler/domain"
import { Effect, Exit, Stream } from "effect"
import { refuse } from "../../http/Refused.ts"

/** Bytes that one statement carries. */
const PART = 262_144

/** Stores a file's bytes as they arrive, never more of them at once than a part; one that does not arrive whole leaves nothing. */
export const storeFile = Effect.fn("storeFile")(function* <E, R>(
  workspaceId: WorkspaceId,
  source: NewSource,
  bytes: Stream.Stream<Uint8Array, E, R>,
  limit: number
) {
  const sources = yield* KnowledgeSources
  const { id, kind, knowledgeBaseId, name } = source
  let pending: Array<Uint8Array> = []
  let waiting = 0
  let size = 0
  let part = 0

  const flush = Effect.suspend(() => {
    const whole = Buffer.concat(pending)
    pending = []
    waiting = 0
    return whole.length === 0 ? Effect.void : sources.append(workspaceId, id, part++, whole)
  })

  const take = Effect.fnUntraced(function* (chunk: Uint8Array) {
    size += chunk.length
    if (size > limit) {
      return yield* refuse("payload_too_large", `a file must have at most ${limit.toLocaleString("en")} bytes`)
    }
    for (let offset = 0; offset < chunk.length; offset += PART) {
      const piece = chunk.subarray(offset, offset + PART)
      if (waiting + piece.length > PART) yield* flush
      pending.push(piece)
      waiting += piece.length
    }
  })

  yield* sources.open(workspaceId, source)
  const arrived = Effect.gen(function* () {
    yield* Stream.runForEach(bytes, take)
    if (size === 0) return yield* refuse("invalid_request", "the file is empty")
    yield* flush
    return yield* sources.submit(workspaceId, id, { kind, knowledgeBaseId, name, size })
  })
  return yield* Effect.onExit(arrived, (exit) =>
    Exit.isSuccess(exit) ? Effect.void : Effect.ignore(sources.remove(workspaceId, id))
  )
})
