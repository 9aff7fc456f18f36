import { type AgentTool, type Task, ToolFailed, type TurnEffect } from "@butler/domain"
import { Clock, Effect, Option, Schema } from "effect"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import { beginTask } from "./continueTask.ts"

export const BEGIN_TASK = "begin_task"

/** More would fill the prompt; the index has had all of them to choose from. */
const MOST_OFFERED = 50

const decode = Schema.decodeUnknownOption(Schema.Struct({ task: Schema.String }))

const refused = (detail: string) => new ToolFailed({ tool: BEGIN_TASK, reason: "invalid_input", detail })

const DESCRIPTION =
  "Begins one of these tasks and tells what it needs. Call it before you answer when what the contact wants is one of them:"

/** The choice of a task, as a tool: where the index is not sure, the model chooses in the call that it answers in anyway. */
export const taskTool = ({ language, turn }: TurnWork, tasks: ReadonlyArray<Task>): AgentTool => {
  const offered = tasks.slice(0, MOST_OFFERED)
  return {
    name: BEGIN_TASK,
    kind: "internal",
    description: [DESCRIPTION, ...offered.map(({ description, name }) => `- ${name}: ${description}`)].join("\n"),
    inputSchema: {
      type: "object",
      properties: { task: { type: "string", enum: offered.map(({ name }) => name) } },
      required: ["task"]
    },
    call: Effect.fnUntraced(function* (input: unknown) {
      const wanted = Option.getOrNull(decode(input))?.task
      const task = offered.find(({ name }) => name === wanted)
      if (task === undefined) return yield* refused("there is no such task")
      const now = new Date(yield* Clock.currentTimeMillis)
      const move = beginTask(task, { message: turn.query, language, now })
      const { details } =
        move._tag === "Ask" ? move.progress : { details: move._tag === "Complete" ? move.details : {} }
      const progress = move._tag === "Ask" ? move.progress : { task: task.name, details, asking: null, tries: 0 }
      const effect: TurnEffect = { _tag: "TaskProgress", progress }
      const content = JSON.stringify({
        instructions: task.instructions ?? null,
        told: details,
        ...(move._tag === "Ask" && { askTheContactFor: move.detail.question ?? move.detail.name })
      })
      return { content, isError: false, logs: [{ type: "task", name: task.name }], effects: [effect] }
    })
  }
}
