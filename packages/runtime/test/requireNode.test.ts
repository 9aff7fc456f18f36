import { expect, it } from "vitest"
import { complaintOf } from "../src/requireNode.ts"

it.each(["22.19.0", "22.20.1", "24.0.0", process.versions.node])("Node %s will do", (version) => {
  expect(complaintOf(version)).toBeUndefined()
})

it.each(["18.20.8", "20.20.2", "22.18.0", "21.99.0"])("Node %s is too old, and is told so in one line", (version) => {
  expect(complaintOf(version)).toMatch(new RegExp(`^needs Node 22\\.19 or newer, and this is ${version};[^\\n]*$`))
})
