import { layer } from "@effect/vitest"
import type { Layer } from "effect"
import { adding } from "./sources/adding.ts"
import type { Elapse, SourceStore } from "./sources/fixtures.ts"
import { quotas } from "./sources/quotas.ts"
import { uploading } from "./sources/uploading.ts"

/** What every store of sources must do; `elapse` lets time pass for one of them. */
export const knowledgeSourcesContract = <R, E>(
  name: string,
  store: Layer.Layer<R | SourceStore, E>,
  elapse: Elapse<R>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`KnowledgeSources (${name})`, (it) => {
    adding(it)
    uploading(it, elapse)
    quotas(it)
  })
