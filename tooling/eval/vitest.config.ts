import { preset } from "@butler/vitest"

export default preset({ globalSetup: ["./test/support/buildMain.ts"] })
