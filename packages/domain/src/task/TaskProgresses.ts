import { Context, type Effect } from "effect"
import type { DialogId, WorkspaceId } from "../ids/brands.ts"
import type { TaskProgress } from "./TaskProgress.ts"

/** Where dialogs are in tasks. A turn's end moves them on. */
export class TaskProgresses extends Context.Service<
  TaskProgresses,
  {
    /** Null where the dialog is in no task. */
    readonly find: (workspaceId: WorkspaceId, dialogId: DialogId) => Effect.Effect<TaskProgress | null>
  }
>()("@butler/domain/TaskProgresses") {}
