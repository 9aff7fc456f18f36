import {
  type AgentDefinition,
  AgentInUse,
  AgentNotFound,
  Agents,
  type AgentId,
  type AgentState,
  AgentVersionNotFound,
  changeDraft,
  changePublished,
  ChatbotLimitReached,
  Cipher,
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
import { type AgentCodec, makeAgentCodec } from "./agentCodec.ts"
import { lockEntitlement } from "../whitelabel/entitlementStatements.ts"
import {
  countChatbots,
  findAgent,
  insertAgent,
  listAgents,
  lockAgent,
  removeAgent,
  storeAgent,
  type StoredState
} from "./agentStatements.ts"
import { findVersion, listVersions } from "./versionStatements.ts"

const ask = <A>(operation: string, run: (db: Kysely<DB>) => Promise<A>) => Effect.orDie(query(operation, run))

const remove = Effect.fnUntraced(
  function* (workspaceId: WorkspaceId, agentId: AgentId) {
    const { rows: locked } = yield* ask("agent.lock", (db) => lockAgent(db, workspaceId, agentId))
    if (locked.length === 0) return yield* new AgentNotFound({ agentId })
    const { rows } = yield* ask("agent.remove", (db) => removeAgent(db, workspaceId, agentId))
    if (rows[0]?.is_default === true) return yield* new AgentInUse({ agentId, by: "workspace" })
    if (rows[0]?.has_key === true) return yield* new AgentInUse({ agentId, by: "api key" })
  },
  transaction,
  Effect.catchTag("SqlFailure", Effect.die)
)

/** Holds others who would make one off until the transaction ends. */
const admit = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const entitlement = yield* ask("entitlement.lock", (db) => lockEntitlement(db, workspaceId))
  if (entitlement === undefined) return
  const { chatbots_quota: quota, initial_agent_id: initial } = entitlement
  const count = yield* ask("agent.count", (db) => countChatbots(db, workspaceId, initial))
  if (count >= quota) return yield* new ChatbotLimitReached({ quota })
})

/** What is read and changed of one agent. */
const agentProgram = (codec: AgentCodec) => {
  const stored = (workspaceId: WorkspaceId, { agent, draft, revision }: AgentState): StoredState => {
    const definition = ({ name, settings }: AgentDefinition) => ({
      name,
      settings: codec.stored(workspaceId, settings)
    })
    const { id, version } = agent
    return { id, version, published: definition(agent), draft: draft && definition(draft), revision }
  }

  const read = (statement: typeof findAgent) =>
    Effect.fnUntraced(function* (workspaceId: WorkspaceId, agentId: AgentId) {
      const { rows } = yield* ask("agent.find", (db) => statement(db, workspaceId, agentId))
      const [row] = rows
      return row === undefined ? yield* new AgentNotFound({ agentId }) : codec.toState(workspaceId, row)
    })

  const find = read(findAgent)
  const lock = read(lockAgent)

  const version = Effect.fnUntraced(function* (workspaceId: WorkspaceId, agentId: AgentId, wanted: number) {
    const { rows } = yield* ask("agent.version", (db) => findVersion(db, workspaceId, agentId, wanted))
    const [row] = rows
    if (row === undefined) return yield* new AgentVersionNotFound({ agentId, version: wanted })
    return codec.toVersion(workspaceId, row)
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
      if (state === before) return state
      const sealed = stored(workspaceId, state)
      yield* ask("agent.store", (db) => storeAgent(db, workspaceId, sealed, publication))
      return state
    },
    transaction,
    Effect.catchTag("SqlFailure", Effect.die)
  )

  const insert = Effect.fnUntraced(function* (workspaceId: WorkspaceId, state: AgentState, publication: Publication) {
    const sealed = stored(workspaceId, state)
    yield* ask("agent.insert", (db) => insertAgent(db, workspaceId, sealed, publication))
  })

  return { change, find, insert, version }
}

/** `Agents` on SQL. */
export const AgentsSql: Layer.Layer<Agents, never, Cipher | Database> = Layer.effect(
  Agents,
  Effect.gen(function* () {
    const database = yield* Database
    const codec = makeAgentCodec(yield* Cipher)
    const { change, find, insert, version } = agentProgram(codec)
    const onDatabase = Effect.provideService(Database, database)
    return Agents.of({
      create: Effect.fnUntraced(
        function* (workspaceId, made, publication = UNSIGNED) {
          const agent = { ...made, version: 1 }
          yield* admit(workspaceId)
          yield* insert(workspaceId, { agent, draft: null, revision: 0 }, publication)
          return agent
        },
        transaction,
        Effect.catchTag("SqlFailure", Effect.die),
        onDatabase
      ),
      list: Effect.fnUntraced(function* (wanted) {
        const { rows } = yield* ask("agent.list", (db) => listAgents(db, wanted))
        return rows.map((row) => codec.toAgent(wanted.workspaceId, row))
      }, onDatabase),
      find: (workspaceId, id) => onDatabase(Effect.option(Effect.map(find(workspaceId, id), ({ agent }) => agent))),
      update: Effect.fnUntraced(function* (workspaceId, id, by, publication) {
        const { agent } = yield* change(workspaceId, id, (state) => changePublished(state, by), publication)
        return agent
      }, onDatabase),
      remove: (workspaceId, id) => onDatabase(remove(workspaceId, id)),
      state: (workspaceId, id) => onDatabase(find(workspaceId, id)),
      changeDraft: (workspaceId, id, by) => onDatabase(change(workspaceId, id, (state) => changeDraft(state, by))),
      discardDraft: (workspaceId, id) =>
        onDatabase(Effect.asVoid(change(workspaceId, id, (state) => ({ ...state, draft: null })))),
      publish: Effect.fnUntraced(function* (workspaceId, id, publication) {
        const { agent } = yield* change(workspaceId, id, publishDraft, publication)
        return agent
      }, onDatabase),
      rollBack: Effect.fnUntraced(function* (workspaceId, id, to, publication) {
        yield* find(workspaceId, id)
        const old = yield* version(workspaceId, id, to)
        const { agent } = yield* change(workspaceId, id, (state) => rollBack(state, old), publication)
        return agent
      }, onDatabase),
      versions: Effect.fnUntraced(function* (wanted) {
        yield* find(wanted.workspaceId, wanted.agentId)
        const { rows } = yield* ask("agent.versions", (db) => listVersions(db, wanted))
        return rows.map((row) => codec.toVersion(wanted.workspaceId, row))
      }, onDatabase),
      version: Effect.fnUntraced(function* (workspaceId, id, wanted) {
        yield* find(workspaceId, id)
        return yield* version(workspaceId, id, wanted)
      }, onDatabase)
    })
  })
)
