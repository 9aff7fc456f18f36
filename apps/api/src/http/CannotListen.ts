import { createServer } from "node:net"
import { Effect, Schema } from "effect"

/** The address cannot be listened on. */
export class CannotListen extends Schema.TaggedError<CannotListen>()("CannotListen", {
  host: Schema.String,
  port: Schema.Int,
  code: Schema.String
}) {
  override get message(): string {
    const why = this.code === "EADDRINUSE" ? "another process listens there; set PORT to another port" : this.code
    return `cannot listen on ${this.host} port ${this.port}: ${why}`
  }
}

export interface Address {
  readonly host: string
  readonly port: number
}

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : String(cause)

export const cannotListen =
  ({ host, port }: Address) =>
  (cause: unknown): CannotListen =>
    new CannotListen({ host, port, code: codeOf(cause) })

/** Fails at once when the address is taken, so that nobody waits for a database to open before being told. */
export const ensureFree = (address: Address): Effect.Effect<void, CannotListen> =>
  Effect.tryPromise({
    try: () =>
      new Promise<void>((resolve, reject) => {
        const probe = createServer().once("error", reject)
        probe.listen(address.port, address.host, () => probe.close(() => resolve()))
      }),
    catch: cannotListen(address)
  })
