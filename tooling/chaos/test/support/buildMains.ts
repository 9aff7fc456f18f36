import { buildPackages } from "@butler/testing/buildPackages"

/** Vitest's `globalSetup`: what is killed is what was built. */
const setup = (): Promise<void> => buildPackages("apps/api", "apps/worker")

export default setup
