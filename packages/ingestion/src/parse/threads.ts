import { extname } from "node:path"
import { Worker } from "node:worker_threads"
import type { ParseCode, ParseReply, ParseRequest } from "./protocol.ts"

export interface ThreadOptions {
  /** How long one file may take. */
  readonly timeoutMs: number
  /** What a thread's heap may hold, and what it may hold outside of it, where unpacked bytes are. */
  readonly heapMb: number
  readonly externalMb: number
  /** A thread that has had nothing to do for so long ends. */
  readonly idleMs: number
}

/** How often a busy thread's memory is looked at. */
const WATCH_MS = 250

// From source it is a `.ts`, which Node runs as it is.
const SCRIPT = new URL(`./parserThread${extname(import.meta.filename)}`, import.meta.url)

const failed = (code: ParseCode, detail: string): ParseReply => ({ ok: false, code, detail })
const tooSlow = failed("too_complex", "reading it took too long")
const tooLarge = failed("too_complex", "reading it took too much memory")

const unreadable = failed("broken_file", "it cannot be read")

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"

const spawn = ({ heapMb }: ThreadOptions): Worker => {
  const worker = new Worker(SCRIPT, {
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    // A process that ends need not wait for it, and whatever libraries print is nobody's concern.
    stdout: true,
    stderr: true
  })
  worker.stdout.resume()
  worker.stderr.resume()
  worker.unref()
  return worker
}

/** Threads that each read one file at a time, kept for the next for a while; one that is in trouble is ended. */
export const makeThreads = (options: ThreadOptions) => {
  const idle = new Map<Worker, NodeJS.Timeout>()
  const all = new Set<Worker>()

  const end = async (worker: Worker): Promise<void> => {
    clearTimeout(idle.get(worker))
    idle.delete(worker)
    all.delete(worker)
    await worker.terminate()
  }

  const take = (): Worker => {
    const [first] = idle.keys()
    if (first === undefined) {
      const worker = spawn(options)
      all.add(worker)
      return worker
    }
    clearTimeout(idle.get(first))
    idle.delete(first)
    return first
  }

  const keep = (worker: Worker): void => {
    const timer = setTimeout(() => void end(worker), options.idleMs)
    timer.unref()
    idle.set(worker, timer)
  }

  /** Answers in any case; the thread is kept only when it has answered itself. */
  const parse = (request: ParseRequest, signal: AbortSignal): Promise<ParseReply> =>
    new Promise((resolve) => {
      const worker = take()
      const settle = (reply: ParseReply, isWell: boolean): void => {
        clearTimeout(deadline)
        clearInterval(watch)
        signal.removeEventListener("abort", stop)
        worker.removeAllListeners()
        // What it may still have to say after its end.
        worker.on("error", () => {})
        if (isWell) keep(worker)
        else void end(worker)
        resolve(reply)
      }
      const stop = (): void => settle(tooSlow, false)
      const look = async (): Promise<void> => {
        const { external_memory: external } = await worker.getHeapStatistics()
        if (external > options.externalMb * 1024 * 1024) settle(tooLarge, false)
      }
      const deadline = setTimeout(stop, options.timeoutMs)
      const watch = setInterval(() => void look().catch(() => {}), WATCH_MS)
      signal.addEventListener("abort", stop)
      worker.removeAllListeners()
      worker.once("message", (reply: ParseReply) => settle(reply, true))
      worker.once("error", (error) => settle(isOutOfMemory(error) ? tooLarge : unreadable, false))
      worker.once("exit", () => settle(unreadable, false))
      worker.postMessage(request, [request.bytes.buffer])
    })

  return { parse, close: () => Promise.all([...all].map(end)) }
}
