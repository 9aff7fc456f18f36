import { assert, it } from "@effect/vitest"
import { displayName, fileName } from "../../src/index.ts"

it("shows a stranger's name without what misleads", () => {
  assert.strictEqual(displayName(" FAQ / Shipping\n\t2026 ", "x"), "FAQ / Shipping 2026")
  assert.strictEqual(displayName("a\u202egpj.exe\u0000\u200b", "x"), "agpj.exe")
  assert.strictEqual(displayName("\u0007 ", "untitled"), "untitled")
  assert.strictEqual(displayName("😀".repeat(300), "x"), "😀".repeat(200))
  assert.deepStrictEqual(["../../etc/passwd", "C:\\fees.pdf", "fees.pdf"].map(fileName), [
    "passwd",
    "fees.pdf",
    "fees.pdf"
  ])
})
