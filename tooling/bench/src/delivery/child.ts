import { fork } from "node:child_process"
import { once } from "node:events"
import { extname } from "node:path"
import { fileURLToPath } from "node:url"

/** What the programs of this bench are asked to do, one thing at a time. */
export type Task =
  | { readonly do: "prepare"; readonly receiver: string; readonly endpoints: number; readonly dialogs: number }
  | { readonly do: "fill"; readonly messages: number }
  | { readonly do: "run" }
  | { readonly do: "rest" }
  | { readonly do: "drive"; readonly perSecond: number; readonly seconds: number }
  | { readonly do: "sustain"; readonly seconds: number }
  | { readonly do: "bodies"; readonly count: number }
  | { readonly do: "post"; readonly receiver: string; readonly bodies: string; readonly times: number }

export interface Child {
  readonly pid: number
  readonly ask: (task: Task) => Promise<unknown>
  readonly stop: () => Promise<void>
}

const here = fileURLToPath(import.meta.url)

/** Starts a program of this folder in a process of its own. */
export const startChild = async (
  name: string,
  environment: NodeJS.ProcessEnv = {},
  profileTo?: string
): Promise<Child> => {
  const script = fileURLToPath(new URL(`./${name}${extname(here)}`, import.meta.url))
  const profiling =
    profileTo === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profileTo}`, `--cpu-prof-name=${name}.cpuprofile`]
  const child = fork(script, { execArgv: profiling, env: { ...process.env, NODE_ENV: "production", ...environment } })
  const kill = () => void child.kill("SIGKILL")
  process.once("exit", kill)
  const exited = once(child, "exit")
  const gone = exited.then(() => Promise.reject(new Error(`${name} has ended`)))
  gone.catch(() => {})
  const answer = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, "message"), gone])
    if (typeof message === "object" && message !== null && "failed" in message) throw new Error(String(message.failed))
    return message
  }
  await answer()
  return {
    pid: child.pid ?? 0,
    ask: (task) => {
      const answered = answer()
      child.send(task)
      return answered
    },
    stop: async () => {
      child.kill("SIGTERM")
      await exited
      process.off("exit", kill)
    }
  }
}

const isTask = (message: unknown): message is Task => typeof message === "object" && message !== null && "do" in message

const reply = (message: unknown) => void process.send?.(message ?? "done")

/** Serves the tasks of the process that started this one. */
export const serveTasks = (run: (task: Task) => Promise<unknown>): void => {
  process.on("message", (message) => {
    if (!isTask(message)) return
    run(message).then(reply, (error: unknown) =>
      reply({ failed: error instanceof Error ? error.stack : String(error) })
    )
  })
  reply("ready")
}
