import { Effect, Layer } from "effect"
import { TaskProgresses } from "../task/TaskProgresses.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `TaskProgresses` over the shared memory. */
export const TaskProgressesMemory: Layer.Layer<TaskProgresses, never, MemoryStore> = Layer.effect(
  TaskProgresses,
  Effect.map(MemoryStore, ({ workspaces }) =>
    TaskProgresses.of({
      find: (workspaceId, dialogId) =>
        Effect.sync(() => workspaces.get(workspaceId)?.dialogs.get(dialogId)?.task ?? null)
    })
  )
)
