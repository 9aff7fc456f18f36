import { Ids } from "../ids/Ids.ts"

/** One value for all layers in memory: those that are built together share it, and never make an id twice. */
export const IdsMemory = Ids.layer(0)
