import { preset } from "@butler/vitest"

export default preset()
