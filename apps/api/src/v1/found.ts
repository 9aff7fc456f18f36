import { Effect, type Option } from "effect"

/** The value, or the error that says it does not exist. */
export const found =
  <E>(missing: () => E) =>
  <A, R>(lookup: Effect.Effect<Option.Option<A>, never, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(lookup, (option) => Effect.mapError(Effect.fromOption(option), missing))
