import { setFlagsFromString } from "node:v8"

/**
 * V8 lets the heap grow to several times what is live before it collects: after 12,000 turns of 64 callers a process with 65 MB
 * live was 500 MB large. At half as much again it is 330 MB, and 215 MB where Node is started with `--max-semi-space-size=8`,
 * which cannot be set from within. What collecting more often costs is lost in the noise. Import it before all else.
 */
setFlagsFromString("--heap-growing-percent=50")
