import { Replays, Wakeups } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { claimReplays, countReplay, findReplay, insertReplay, stepReplay } from "./replayStatements.ts"

/** `Replays` on SQL. */
export const ReplaysSql: Layer.Layer<Replays, never, Database> = Layer.effect(
  Replays,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return Replays.of({
      count: (replay) => query("replay.count", (db) => countReplay(db, replay)).pipe(onDatabase, Effect.orDie),
      create: (replay) =>
        query("replay.insert", (db) => insertReplay(db, replay)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.tap(() => Effect.flatMap(Wakeups, ({ signal }) => signal("replay")))
        ),
      find: (workspaceId, endpointId, id) =>
        query("replay.find", (db) => findReplay(db, workspaceId, endpointId, id)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        ),
      claim: (limit, terms) =>
        query("replay.claim", (db) => claimReplays(db, limit, terms)).pipe(onDatabase, Effect.orDie),
      step: (lease, limit, pauseMs) =>
        query("replay.step", (db) => stepReplay(db, lease, limit, pauseMs)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.asVoid
        )
    })
  })
)
