import "@butler/runtime/leanHeap"
import { requireNode } from "@butler/runtime/requireNode"

requireNode("butler worker")
// Only now: an older Node lacks what this imports.
await import("./run.ts")
