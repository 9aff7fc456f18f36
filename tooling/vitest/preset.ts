import { defineConfig, type ViteUserConfig } from "vitest/config"

/** Workspace packages are read from source, so a test needs no build. */
const conditions = ["@butler/source"]

export const preset = (test: ViteUserConfig["test"] = {}): ViteUserConfig =>
  defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      include: ["test/**/*.test.ts"],
      reporters: ["default"],
      // Files share a process: importing effect and Nest anew for each was half of all processor time.
      isolate: false,
      // V8 would work on a better PGlite for longer than tests use it.
      execArgv: ["--liftoff-only"],
      testTimeout: 30_000,
      // Of what is waited for with `expect.poll`: longer than any stall of the machine, where vitest's own is a second.
      expect: { poll: { timeout: 20_000 } },
      hookTimeout: 120_000,
      ...test
    }
  })
