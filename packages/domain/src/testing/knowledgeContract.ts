import { layer } from "@effect/vitest"
import type { Layer } from "effect"
import type { Knowledge } from "../knowledge/Knowledge.ts"
import { exactness } from "./knowledge/exactness.ts"
import { ranking } from "./knowledge/ranking.ts"
import { storing } from "./knowledge/storing.ts"

/** What every store of knowledge must do; an adapter calls it with its own layer. */
export const knowledgeContract = (name: string, knowledge: Layer.Layer<Knowledge>): void =>
  layer(knowledge, { timeout: "60 seconds" })(`Knowledge (${name})`, (it) => {
    storing(it)
    ranking(it)
    exactness(it)
  })
