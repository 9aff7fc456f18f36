import { preset } from "@butler/vitest"

export default preset({ globalSetup: ["@butler/testing/globalSetup"] })
