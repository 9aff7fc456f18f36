import { type Agent, type AgentChange, type AgentSettings, changeAgent, type WorkspaceId } from "@butler/domain"
import { type CheckedTools, checkTools, type McpServers } from "@butler/tools"
import { Effect } from "effect"
import { AppConfig } from "../../config.ts"
import { Refused } from "../../http/Refused.ts"

interface Issue {
  readonly path: string
  readonly message: string
}

/** Commands that the operator has not declared. */
const unknownCommands = ({ toolServers = [] }: AgentSettings, commands: object): ReadonlyArray<Issue> =>
  toolServers.flatMap(({ transport }, index) =>
    transport.type === "stdio" && !Object.hasOwn(commands, transport.command)
      ? [
          {
            path: `toolServers[${index}].transport.command`,
            message: "is no command that this server's operator has declared"
          }
        ]
      : []
  )

const unknownAllowed = ({ servers }: CheckedTools): ReadonlyArray<Issue> =>
  servers.flatMap(({ unknown }, index) =>
    unknown.length === 0
      ? []
      : [
          {
            path: `toolServers[${index}].allow`,
            message: `names tools that the server does not have: ${unknown.join(", ")}`
          }
        ]
  )

/** Tools of tasks that the agent does not have. Nothing can be said while one of its servers does not answer. */
const unknownOfTasks = ({ tasks = [] }: AgentSettings, { servers, tools }: CheckedTools): ReadonlyArray<Issue> => {
  if (servers.some(({ error }) => error !== null)) return []
  const known = new Set(tools.map(({ name }) => name))
  return tasks.flatMap(({ tools: wanted = [] }, index) => {
    const unknown = wanted.filter((name) => !known.has(name))
    if (unknown.length === 0) return []
    return [
      { path: `tasks[${index}].tools`, message: `names tools that the agent does not have: ${unknown.join(", ")}` }
    ]
  })
}

/** Whether the settings name tools, so that their servers must be asked. */
const namesTools = ({ tasks = [], toolServers = [] }: AgentSettings): boolean =>
  tasks.some(({ tools = [] }) => tools.length > 0) || toolServers.some(({ allow }) => allow !== undefined)

/**
 * Refuses a change after which the agent would name tools that there are not. A server that does not answer now is taken at its
 * word: it may be back when it is needed.
 */
export const judgeTools = Effect.fn("judgeTools")(function* <E, R>(
  workspaceId: WorkspaceId,
  change: AgentChange,
  agent: Effect.Effect<Agent, E, R>
): Effect.fn.Return<void, E | Refused, R | AppConfig | McpServers> {
  const { internalTools, tasks, toolServers } = change
  if (internalTools === undefined && tasks === undefined && toolServers === undefined) return
  const { settings = {} } = changeAgent(yield* agent, change)
  const { toolCommands } = yield* AppConfig
  const issues = [...unknownCommands(settings, toolCommands)]
  if (issues.length === 0 && namesTools(settings)) {
    const checked = yield* checkTools(workspaceId, settings)
    issues.push(...unknownAllowed(checked), ...unknownOfTasks(settings, checked))
  }
  const [first] = issues
  if (first === undefined) return
  return yield* new Refused({ code: "invalid_request", detail: `${first.path} ${first.message}`, issues })
})
