import { Context, type Effect } from "effect"

/**
 * Runs the writes that make workspaces and their first keys as one: all are stored or none, and of processes that do so at
 * the same time one goes first and the others see what it has stored.
 */
export class Atomically extends Context.Service<
  Atomically,
  { readonly run: <A, E, R>(writes: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R> }
>()("@butler/api/Atomically") {}
