import { Effect, Fiber, Option } from "effect"
import type { Server } from "./createServer.ts"

/** Takes no new connections and waits for the requests in flight, at most `graceMs`; then their connections are cut. */
export const stopServer = ({ app }: Server, graceMs: number): Effect.Effect<void> =>
  Effect.gen(function* () {
    const closing = yield* Effect.forkDetach(Effect.promise(() => app.close()))
    const closed = yield* Effect.timeoutOption(Fiber.await(closing), graceMs)
    if (Option.isSome(closed)) return
    app.getHttpServer().closeAllConnections()
    yield* Fiber.await(closing)
  })
