import { UnansweredQuestion, UnansweredQuestionNotFound, UnansweredQuestions } from "@butler/domain"
import { Effect, Layer, Option, Schema } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { recordUnanswered } from "./recordUnanswered.ts"
import { closeUnanswered, findUnanswered, listUnanswered } from "./unansweredStatements.ts"

const decode = Schema.decodeUnknownEffect(Schema.Array(UnansweredQuestion))

/** `UnansweredQuestions` on SQL. */
export const UnansweredQuestionsSql: Layer.Layer<UnansweredQuestions, never, Database> = Layer.effect(
  UnansweredQuestions,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return UnansweredQuestions.of({
      record: (turn, question) =>
        query("unanswered.record", (db) => recordUnanswered(db, turn, question)).pipe(onDatabase, Effect.orDie),
      list: (workspaceId, { after, limit }) =>
        query("unanswered.list", (db) => listUnanswered(db, workspaceId, limit, after)).pipe(
          onDatabase,
          Effect.flatMap(({ rows }) => decode(rows)),
          Effect.orDie
        ),
      find: (workspaceId, id) =>
        query("unanswered.find", (db) => findUnanswered(db, workspaceId, id)).pipe(
          onDatabase,
          Effect.flatMap(({ rows }) => decode(rows)),
          Effect.orDie,
          Effect.map((found) => Option.fromUndefinedOr(found[0]))
        ),
      close: Effect.fn("UnansweredQuestions.close")(function* (workspaceId, id, as) {
        const isClosed = yield* Effect.orDie(
          query("unanswered.close", (db) => closeUnanswered(db, workspaceId, id, as))
        )
        if (!isClosed) return yield* new UnansweredQuestionNotFound({ questionId: id })
      }, onDatabase)
    })
  })
)
