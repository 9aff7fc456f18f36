import { spawn } from "node:child_process"
import { createInterface } from "node:readline"

/** A server of tools on standard input and output, written by hand, with tools that misbehave. */
const FLOOD_BYTES = 50 * 1024 * 1024

const TOOLS = ["pid", "crash", "flood", "hang", "child", "env"]

const say = (message: unknown): void => void process.stdout.write(`${JSON.stringify(message)}\n`)

const text = (id: unknown, said: string): void =>
  say({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text: said }] } })

const call = (id: unknown, name: string): void => {
  if (name === "pid") text(id, String(process.pid))
  if (name === "env") text(id, JSON.stringify(process.env))
  if (name === "crash") process.exit(3)
  if (name === "flood") text(id, "x".repeat(FLOOD_BYTES))
  if (name === "child") {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" })
    text(id, String(child.pid))
  }
}

process.stdout.write("This line is for people, not for programs.\n")
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line)
  if (id === undefined) return
  if (method === "initialize") {
    const serverInfo = { name: "stdio", version: "1" }
    say({ jsonrpc: "2.0", id, result: { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo } })
  } else if (method === "tools/list") {
    say({ jsonrpc: "2.0", id, result: { tools: TOOLS.map((name) => ({ name, inputSchema: { type: "object" } })) } })
  } else if (method === "tools/call") call(id, params.name)
  else process.exit(2)
})
