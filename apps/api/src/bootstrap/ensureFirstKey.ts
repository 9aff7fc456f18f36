import { ALL_SCOPES, ApiKeys, Ids, isUsable, parseApiKey, Workspaces, type WorkspaceId } from "@butler/domain"
import { Clock, Effect, Option, Schema } from "effect"
import { issueKey } from "../auth/issueKey.ts"
import { generateKey, matches } from "../auth/keySecret.ts"
import { AppConfig, revealed } from "../config.ts"
import { addSample, SAMPLE_AGENT } from "./addSample.ts"
import { Atomically } from "./Atomically.ts"
import { DEFAULT_AGENT } from "./defaultAgent.ts"
import { keyFileOf, readKeyFile, writeKeyFile } from "./keyFile.ts"

/** Another secret is stored under the id of BUTLER_BOOTSTRAP_KEY. */
export class BootstrapKeyTaken extends Schema.TaggedError<BootstrapKeyTaken>()("BootstrapKeyTaken", {}) {
  override get message(): string {
    return "BUTLER_BOOTSTRAP_KEY has the id of a stored key and another secret: choose another key"
  }
}

const FIRST_WORKSPACE = "default"

type Key = ReturnType<typeof generateKey>

const parsed = (text: string): Key | null => {
  const key = parseApiKey(text)
  return key === null ? null : { id: key.id, text }
}

const isStored = Effect.fnUntraced(function* ({ id, text }: Key) {
  const stored = Option.getOrNull(yield* (yield* ApiKeys).find(id))
  if (stored === null) return "absent"
  if (!matches(text, stored.digest)) return "other"
  return isUsable(stored, yield* Clock.currentTimeMillis) ? "usable" : "unusable"
})

/** The operator's own, so it is never held up. */
const grantTo = (workspaceId: WorkspaceId) => ({
  workspaceId,
  name: "first key",
  scopes: ALL_SCOPES,
  ratePerMinute: 0,
  expiresAt: null
})

const makeFirstWorkspace = Effect.fnUntraced(function* (key: Key, withSample: boolean) {
  const ids = yield* Ids
  const agent = { id: yield* ids.agentId, name: withSample ? SAMPLE_AGENT : DEFAULT_AGENT }
  const identity = { id: yield* ids.workspaceId, name: FIRST_WORKSPACE }
  const workspace = yield* (yield* Workspaces).create(identity, agent)
  yield* Effect.orDie(issueKey(grantTo(workspace.id), key))
  if (withSample) yield* addSample(workspace.id)
})

const addToFirstWorkspace = Effect.fnUntraced(function* (key: Key) {
  const [first] = yield* (yield* Workspaces).list
  if (first !== undefined && (yield* isStored(key)) === "absent") yield* Effect.orDie(issueKey(grantTo(first.id), key))
})

/** The key that a caller may be shown at this start; null when it was shown before and is known to its owner alone. */
export const ensureFirstKey = Effect.fn("ensureFirstKey")(function* () {
  const config = yield* AppConfig
  const keys = yield* ApiKeys
  const atomically = yield* Atomically
  const embedded = Option.isNone(config.databaseUrl)
  const given = revealed(config.bootstrapKey)
  const givenKey = given === null ? null : parsed(given)

  if (yield* keys.isEmpty) {
    const kept = embedded && givenKey === null ? readKeyFile(keyFileOf(config.home)) : null
    const key = givenKey ?? (kept === null ? null : parsed(kept)) ?? generateKey()
    if (embedded && givenKey === null && kept === null) writeKeyFile(config.home, key.text)
    const withSample = embedded && config.sample === "on"
    const isFirst = yield* atomically.run(
      Effect.gen(function* () {
        if (!(yield* keys.isEmpty)) return false
        yield* makeFirstWorkspace(key, withSample)
        return true
      })
    )
    if (isFirst) return key.text
  }

  if (givenKey !== null) {
    if ((yield* isStored(givenKey)) === "other") return yield* new BootstrapKeyTaken()
    yield* atomically.run(addToFirstWorkspace(givenKey))
    return givenKey.text
  }
  const kept = embedded ? parsed(readKeyFile(keyFileOf(config.home)) ?? "") : null
  return kept !== null && (yield* isStored(kept)) === "usable" ? kept.text : null
})
