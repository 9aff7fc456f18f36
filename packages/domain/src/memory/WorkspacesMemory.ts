import { Clock, Effect, Layer, Option } from "effect"
import { Workspaces } from "../workspace/Workspace.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `Workspaces` over the shared memory. */
export const WorkspacesMemory: Layer.Layer<Workspaces, never, MemoryStore> = Layer.effect(
  Workspaces,
  Effect.map(MemoryStore, (store) =>
    Workspaces.of({
      create: ({ id, name }, agent) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          const known = store.workspaces.get(id)
          if (known !== undefined) return known.workspace
          const workspace = { id, name, createdAt: new Date(now) }
          store.workspaces.set(id, {
            workspace,
            agent,
            contacts: new Map(),
            aliases: new Map(),
            dialogs: new Map(),
            dialogOfTurn: new Map(),
            idempotency: new Map()
          })
          return workspace
        }),
      find: (id) => Effect.sync(() => Option.fromUndefinedOr(store.workspaces.get(id)?.workspace)),
      list: Effect.sync(() => Array.from(store.workspaces.values(), ({ workspace }) => workspace))
    })
  )
)
