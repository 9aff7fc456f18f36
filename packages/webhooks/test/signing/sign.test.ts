import { assert, describe, it } from "vitest"
import { Webhook } from "standardwebhooks"
import { makeSecret, parseSecret } from "../../src/signing/secret.ts"
import { signatureHeaders } from "../../src/signing/sign.ts"

describe("signatures", () => {
  it("are those of the official vector", () => {
    const headers = signatureHeaders(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}'
    })
    assert.deepStrictEqual(headers, {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    })
  })

  it("verify with the public library, under each secret while two are valid", () => {
    const secrets = [makeSecret(), makeSecret()]
    const body = JSON.stringify({ content: "您好~ 😀" })
    const headers = signatureHeaders(secrets, { id: "id", timestamp: Math.floor(Date.now() / 1_000), body })
    for (const secret of secrets) assert.deepStrictEqual(new Webhook(secret).verify(body, headers), JSON.parse(body))
    assert.throws(() => new Webhook(makeSecret()).verify(body, headers))
    assert.throws(() => new Webhook(makeSecret()).verify(`${body} `, headers))
  })
})

describe("secrets", () => {
  it("that we make have the form", () => {
    assert.match(makeSecret(), /^whsec_[A-Za-z0-9+/]{43}=$/)
    assert.instanceOf(parseSecret(makeSecret()), Buffer)
  })

  it.each([
    ["24 bytes", `whsec_${Buffer.alloc(24, 1).toString("base64")}`],
    ["64 bytes", `whsec_${Buffer.alloc(64, 1).toString("base64")}`],
    ["without its padding", `whsec_${Buffer.alloc(25, 1).toString("base64").replaceAll("=", "")}`]
  ])("of %s are taken", (_, secret) => assert.instanceOf(parseSecret(secret), Buffer))

  it.each([
    ["another prefix", Buffer.alloc(32).toString("base64")],
    ["23 bytes", `whsec_${Buffer.alloc(23).toString("base64")}`],
    ["65 bytes", `whsec_${Buffer.alloc(65).toString("base64")}`],
    ["base64url", `whsec_${Buffer.alloc(32, 0xff).toString("base64url")}`],
    ["spaces", `whsec_ ${Buffer.alloc(32).toString("base64")}`],
    ["nothing", "whsec_"]
  ])("with %s are refused", (_, secret) => assert.isString(parseSecret(secret)))
})
