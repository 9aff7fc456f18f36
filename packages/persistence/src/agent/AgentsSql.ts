import {
  AgentInUse,
  AgentNotFound,
  Agents,
  type AgentId,
  type AgentState,
  AgentVersionNotFound,
  changeDraft,
  changePublished,
  type Publication,
  publishDraft,
  rollBack,
  UNSIGNED,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Layer } from "effect"
import type { Kysely } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { transaction } from "../database/transaction.ts"
import { toAgent, toState, toVersion } from "./agentRow.ts"
import { findAgent, insertAgent, listAgents, lockAgent, removeAgent, storeAgent } from "./agentStatements.ts"
import { findVersion, listVersions } from "./versionStatements.ts"

const ask = <A>(operation: string, run: (db: Kysely<DB>) => Promise<A>) => Effect.orDie(query(operation, run))

const find = Effect.fnUntraced(function* (workspaceId: WorkspaceId, agentId: AgentId) {
  const { rows } = yield* ask("agent.find", (db) => findAgent(db, workspaceId, agentId))
  const [row] = rows
  return row === undefined ? yield* new AgentNotFound({ agentId }) : toState(row)
})

const lock = Effect.fnUntraced(function* (workspaceId: WorkspaceId, agentId: AgentId) {
  const { rows } = yield* ask("agent.lock", (db) => lockAgent(db, workspaceId, agentId))
  const [row] = rows
  return row === undefined ? yield* new AgentNotFound({ agentId }) : toState(row)
})

const version = Effect.fnUntraced(function* (workspaceId: WorkspaceId, agentId: AgentId, wanted: number) {
  const { rows } = yield* ask("agent.version", (db) => findVersion(db, workspaceId, agentId, wanted))
  const [row] = rows
  return row === undefined ? yield* new AgentVersionNotFound({ agentId, version: wanted }) : toVersion(row)
})

const change = Effect.fnUntraced(
  function* (
    workspaceId: WorkspaceId,
    id: AgentId,
    transition: (state: AgentState) => AgentState,
    publication: Publication = UNSIGNED
  ) {
    const before = yield* lock(workspaceId, id)
    const state = transition(before)
    if (state !== before) yield* ask("agent.store", (db) => storeAgent(db, workspaceId, state, publication))
    return state
  },
  transaction,
  Effect.catchTag("SqlFailure", Effect.die)
)

const remove = Effect.fnUntraced(
  function* (workspaceId: WorkspaceId, agentId: AgentId) {
    yield* lock(workspaceId, agentId)
    const { rows } = yield* ask("agent.remove", (db) => removeAgent(db, workspaceId, agentId))
    if (rows[0]?.is_default === true) return yield* new AgentInUse({ agentId, by: "workspace" })
    if (rows[0]?.has_key === true) return yield* new AgentInUse({ agentId, by: "api key" })
  },
  transaction,
  Effect.catchTag("SqlFailure", Effect.die)
)

/** `Agents` on SQL. */
export const AgentsSql: Layer.Layer<Agents, never, Database> = Layer.effect(
  Agents,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return Agents.of({
      create: Effect.fnUntraced(function* (workspaceId, made, publication = UNSIGNED) {
        const agent = { ...made, version: 1 }
        yield* ask("agent.insert", (db) => insertAgent(db, workspaceId, agent, publication))
        return agent
      }, onDatabase),
      list: (wanted) =>
        onDatabase(
          Effect.map(
            ask("agent.list", (db) => listAgents(db, wanted)),
            ({ rows }) => rows.map(toAgent)
          )
        ),
      find: (workspaceId, id) => onDatabase(Effect.option(Effect.map(find(workspaceId, id), ({ agent }) => agent))),
      update: (workspaceId, id, by, publication) =>
        onDatabase(
          Effect.map(
            change(workspaceId, id, (state) => changePublished(state, by), publication),
            ({ agent }) => agent
          )
        ),
      remove: (workspaceId, id) => onDatabase(remove(workspaceId, id)),
      state: (workspaceId, id) => onDatabase(find(workspaceId, id)),
      changeDraft: (workspaceId, id, by) => onDatabase(change(workspaceId, id, (state) => changeDraft(state, by))),
      discardDraft: (workspaceId, id) =>
        onDatabase(Effect.asVoid(change(workspaceId, id, (state) => ({ ...state, draft: null })))),
      publish: (workspaceId, id, publication) =>
        onDatabase(Effect.map(change(workspaceId, id, publishDraft, publication), ({ agent }) => agent)),
      rollBack: Effect.fnUntraced(function* (workspaceId, id, to, publication) {
        yield* find(workspaceId, id)
        const old = yield* version(workspaceId, id, to)
        const { agent } = yield* change(workspaceId, id, (state) => rollBack(state, old), publication)
        return agent
      }, onDatabase),
      versions: Effect.fnUntraced(function* (wanted) {
        yield* find(wanted.workspaceId, wanted.agentId)
        const { rows } = yield* ask("agent.versions", (db) => listVersions(db, wanted))
        return rows.map(toVersion)
      }, onDatabase),
      version: Effect.fnUntraced(function* (workspaceId, id, wanted) {
        yield* find(workspaceId, id)
        return yield* version(workspaceId, id, wanted)
      }, onDatabase)
    })
  })
)
