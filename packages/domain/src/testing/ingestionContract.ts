import { layer } from "@effect/vitest"
import type { Layer } from "effect"
import type { Elapse, SourceStore } from "./sources/fixtures.ts"
import { leasing } from "./sources/leasing.ts"
import { reading } from "./sources/reading.ts"
import { scheduling } from "./sources/scheduling.ts"
import { storing } from "./sources/storing.ts"

/** What every store must do for those who read sources; `elapse` lets time pass for one source. */
export const ingestionContract = <R, E>(
  name: string,
  store: Layer.Layer<R | SourceStore, E>,
  elapse: Elapse<R>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Ingestion (${name})`, (it) => {
    leasing(it, elapse)
    scheduling(it, elapse)
    reading(it)
    storing(it)
  })
