import { deserializeMessage, isJSONRPCRequest, type JSONRPCMessage, type Transport } from "@modelcontextprotocol/client"
import { faultAnswer } from "./answerFault.ts"
import { makeLineReader } from "./lineReader.ts"
import { type RunningCommand, startCommand } from "./startCommand.ts"
import type { ToolCommand } from "./ToolCommand.ts"
import type { ToolLimits } from "./toolLimits.ts"

/** What `id` a message has whose first and last characters are all that is there of it. */
const idIn = (edges: string): number | null => {
  const [, digits] =
    /^\{[^{]{0,60}"id"\s*:\s*(\d{1,15})\b/u.exec(edges) ?? /"id"\s*:\s*(\d{1,15})\s*\}\s*$/u.exec(edges) ?? []
  return digits === undefined ? null : Number(digits)
}

/** The requests that wait for long answers; while there are any, a line may be as long as those. */
const makeAwaited = (limits: ToolLimits) => {
  const lists = new Set<string | number>()
  return {
    sent: (message: JSONRPCMessage): void => {
      if (isJSONRPCRequest(message) && message.method !== "tools/call") lists.add(message.id)
    },
    received: (message: JSONRPCMessage): void => {
      if ("id" in message && message.id !== undefined) lists.delete(message.id)
    },
    maxBytes: (): number => (lists.size > 0 ? limits.answerBytes : limits.resultBytes)
  }
}

export interface StdioTransport extends Transport {
  /** By these two the SDK knows that there is a program behind it, which may not answer what it does not know. */
  readonly pid: null
  readonly stderr: null
  /** Until the program has ended. */
  readonly isOpen: () => boolean
}

/**
 * Speaks to a program by its standard input and output, a message a line. A line beyond the limits is passed over and answered
 * in the program's place; where not even whose answer it is can be told, the program is ended.
 */
export const stdioTransport = (command: ToolCommand, path: string, limits: ToolLimits): StdioTransport => {
  const awaited = makeAwaited(limits)
  let running: RunningCommand | null = null
  let open = true

  const give = (message: JSONRPCMessage): void => {
    awaited.received(message)
    transport.onmessage?.(message)
  }
  const readLine = makeLineReader({
    maxBytes: awaited.maxBytes,
    onLine: (line) => {
      try {
        give(deserializeMessage(line))
      } catch {
        // Not a message: many programs also write to their output what was meant for people.
      }
    },
    onTooLong: (edges) => {
      const id = idIn(edges)
      if (id === null) void transport.close()
      else give(faultAnswer(id, "too_large"))
    }
  })

  const transport: StdioTransport = {
    pid: null,
    stderr: null,
    isOpen: () => open,
    start: () =>
      new Promise((resolve, reject) => {
        running = startCommand(command, path)
        const { child } = running
        child.once("spawn", resolve)
        child.once("error", reject)
        child.once("close", () => {
          open = false
          transport.onclose?.()
        })
        child.stdin.on("error", () => undefined)
        child.stdout.on("data", readLine)
      }),
    send: (message) =>
      new Promise((resolve, reject) => {
        if (running === null) return reject(new Error("the program has not been started"))
        awaited.sent(message)
        running.child.stdin.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()))
      }),
    close: async () => {
      await running?.stop()
    }
  }
  return transport
}
