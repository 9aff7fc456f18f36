/** The floor: a bare loop that posts bodies that are signed already, with undici, alone in its process. */
import { readFileSync } from "node:fs"
import { Schema } from "effect"
import { Pool } from "undici"
import { serveTasks } from "./child.ts"

const CONCURRENCY = 64

const decode = Schema.decodeUnknownSync(
  Schema.fromJsonString(
    Schema.Array(
      Schema.Struct({ path: Schema.String, headers: Schema.Record(Schema.String, Schema.String), body: Schema.String })
    )
  )
)

serveTasks(async (task) => {
  if (task.do !== "post") return
  const requests = decode(readFileSync(task.bodies, "utf8"))
  const pool = new Pool(task.receiver, { connections: CONCURRENCY, pipelining: 1 })
  const total = requests.length * task.times
  let next = 0
  const began = performance.now()
  const worker = async () => {
    while (next < total) {
      const request = requests[next++ % requests.length]
      if (request === undefined) return
      const { body, statusCode } = await pool.request({ method: "POST", ...request })
      if (statusCode !== 200) throw new Error(`the receiver said ${statusCode}`)
      await body.text()
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  const seconds = (performance.now() - began) / 1_000
  await pool.close()
  return total / seconds
})
