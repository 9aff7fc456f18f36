import { buildPackages } from "@butler/testing/buildPackages"

/** Vitest's `globalSetup`: what runs as a process is what was built. */
const setup = (): Promise<void> => buildPackages("apps/api")

export default setup
