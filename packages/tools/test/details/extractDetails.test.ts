import { assert, describe, it } from "@effect/vitest"
import { checkDetail, type ContactDetail, extractDetails } from "../../src/details/index.ts"

const ALL: ReadonlyArray<ContactDetail> = ["name", "email", "phone", "order_number"]

const MESSAGES: ReadonlyArray<readonly [string, string | null, Partial<Record<ContactDetail, string>>]> = [
  [
    "Hi, my name is Ada Lovelace, ada.l+shop@Example.COM.",
    null,
    { name: "Ada Lovelace", email: "ada.l+shop@example.com" }
  ],
  [
    "call me on +49 30 901820, order no. AB-2024-00017 please",
    null,
    { phone: "+4930901820", order_number: "AB-2024-00017" }
  ],
  [
    "我叫王小明，手机号13812345678，订单号 2024051200388",
    "CN",
    { name: "王小明", phone: "+8613812345678", order_number: "2024051200388" }
  ],
  ["订单２０２４０５１２００３８８什么时候发货", "CN", { order_number: "2024051200388" }],
  [
    "Ich heiße Jörg Müller und möchte meine Bestellung 100200300 stornieren",
    "DE",
    { name: "Jörg Müller", order_number: "100200300" }
  ],
  ["меня зовут Анна Петрова, заказ №55012", "RU", { name: "Анна Петрова", order_number: "55012" }],
  ["where is #10045?", null, { order_number: "10045" }],
  ["W12345678", null, { order_number: "W12345678" }],
  ["13812345678", "CN", { phone: "+8613812345678" }],
  ["I bought 3 shirts for 19.99 on 2024-05-12, size XL", null, {}],
  ["a@b, @handle, ..@x.y and foo@-bar.com are no addresses", null, {}],
  ["Do you ship to Brazil?", "US", {}]
]

describe("extractDetails", () => {
  it("finds in a message what a contact says of itself, and nothing else", () => {
    for (const [message, country, expected] of MESSAGES) {
      assert.deepStrictEqual(extractDetails(message, ALL, country), expected, message)
    }
  })

  it("finds what is wanted alone", () => {
    assert.deepStrictEqual(extractDetails("ada@example.com, +49 30 901820", ["phone"]), { phone: "+4930901820" })
    assert.deepStrictEqual(extractDetails("13812345678", ["order_number"], "CN"), { order_number: "13812345678" })
  })

  it("takes no longer over a text made to be slow", () => {
    for (const piece of ["a@", "1-", "a.", "order ", "+1 ", "my name is "]) {
      const started = performance.now()
      extractDetails(piece.repeat(16_000), ALL, "US")
      assert.isBelow(performance.now() - started, 1_000, piece)
    }
  })
})

describe("checkDetail", () => {
  it("gives a detail as it is kept, or nothing where it cannot be one", () => {
    assert.strictEqual(checkDetail("phone", "(030) 901820", "DE"), "+4930901820")
    assert.strictEqual(checkDetail("phone", "12345", "DE"), null)
    assert.strictEqual(checkDetail("phone", "030 901820"), null)
    assert.strictEqual(checkDetail("email", " Ada@Example.com "), "Ada@example.com")
    assert.strictEqual(checkDetail("email", "write to ada@example.com"), null)
    assert.strictEqual(checkDetail("order_number", "#A-1001"), "A-1001")
    assert.strictEqual(checkDetail("order_number", "none"), null)
    assert.strictEqual(checkDetail("name", "  Mary-Jane  O’Neil "), "Mary-Jane O’Neil")
    assert.strictEqual(checkDetail("name", "http://x.y/1"), null)
  })
})
