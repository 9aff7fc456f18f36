import { type RunnableTurn, TextAnalyzer } from "@butler/domain"
import { Effect } from "effect"
import { buildTaskIndex, type TaskIndex } from "./TaskIndex.ts"

/** Examples that the indexes of a process are made of: 77 tasks of ten take about 4 MB. The least used goes. */
const MOST_EXAMPLES = 8_000

interface Kept {
  readonly index: Effect.Effect<TaskIndex>
  readonly examples: number
}

/** The indexes of agents' tasks, made where they are first needed. */
export interface TaskIndexes {
  readonly find: (turn: Pick<RunnableTurn, "agent" | "workspaceId">) => Effect.Effect<TaskIndex, never, TextAnalyzer>
}

export const makeTaskIndexes = (): TaskIndexes => {
  const kept = new Map<string, Kept>()

  const makeRoom = () => {
    let examples = kept.values().reduce((sum, entry) => sum + entry.examples, 0)
    for (const [key, entry] of kept) {
      if (examples <= MOST_EXAMPLES || kept.size === 1) return
      kept.delete(key)
      examples -= entry.examples
    }
  }

  return {
    find: ({ agent, workspaceId }) =>
      Effect.gen(function* () {
        // A version stands for one definition for good.
        const key = `${workspaceId} ${agent.id} ${agent.version}`
        const known = kept.get(key)
        const tasks = agent.settings?.tasks ?? []
        const made = known ?? {
          // Whoever asked first may be interrupted: the index is made all the same, for those who wait for it.
          index: yield* Effect.cached(Effect.uninterruptible(buildTaskIndex(tasks, yield* TextAnalyzer))),
          examples: tasks.reduce((sum, { examples }) => sum + examples.length, 0)
        }
        kept.delete(key)
        kept.set(key, made)
        if (known === undefined) makeRoom()
        return yield* made.index
      })
  }
}
