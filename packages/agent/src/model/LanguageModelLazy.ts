import { LanguageModel } from "@butler/domain"
import { Context, Effect, Layer, Stream } from "effect"
import type { LanguageModelOptions } from "./LanguageModelOptions.ts"

/** `LanguageModelAiSdk`, loaded at its first call: the AI SDK takes 0.1 s and 25 MB, which a process without a model spares. */
export const LanguageModelLazy = (options: LanguageModelOptions = {}): Layer.Layer<LanguageModel> =>
  Layer.effect(
    LanguageModel,
    Effect.gen(function* () {
      const scope = yield* Effect.scope
      const load = Effect.promise(() => import("./LanguageModelAiSdk.ts")).pipe(
        Effect.flatMap(({ LanguageModelAiSdk }) => Layer.buildWithScope(LanguageModelAiSdk(options), scope)),
        Effect.map((context) => Context.get(context, LanguageModel)),
        Effect.uninterruptible
      )
      const model = yield* Effect.cached(load)
      return LanguageModel.of({ stream: (call) => Stream.unwrap(Effect.map(model, ({ stream }) => stream(call))) })
    })
  )
