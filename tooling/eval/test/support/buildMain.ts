import { buildPackages } from "@butler/testing/buildPackages"

/** Vitest's `globalSetup`: the server that is started is the one that was built. */
const setup = (): Promise<void> => buildPackages("apps/api")

export default setup
