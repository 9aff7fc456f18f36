import { type Agent, AgentId, changeAgent } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Redacted } from "effect"

const apiKey = Redacted.make("s3cret")
const url = "https://models.example/v1"
const plain: Agent = { id: AgentId.make("1"), name: "Butler", version: 1 }
const own: Agent = {
  ...plain,
  settings: { instructions: "Be brief.", model: { url, model: "m-1", apiKey, temperature: 0.5 } }
}

const modelOf = (agent: Agent) => agent.settings?.model

describe("changeAgent", () => {
  it("leaves what is not named", () => {
    assert.deepStrictEqual(changeAgent(own, { name: "Ada" }), { ...own, name: "Ada" })
    assert.deepStrictEqual(changeAgent(plain, {}), plain)
  })

  it("takes away what is null", () => {
    assert.deepStrictEqual(changeAgent(own, { instructions: null, model: null }), plain)
  })

  it("keeps the key for another model or path of the same host", () => {
    const changed = changeAgent(own, { model: { url: "https://MODELS.example/v2", model: "m-2" } })
    assert.deepStrictEqual(modelOf(changed), { url: "https://MODELS.example/v2", model: "m-2", apiKey })
  })

  it("does not carry the key over to another host, port or protocol", () => {
    for (const other of ["https://evil.example/v1", "https://models.example:444/v1", "http://models.example/v1"]) {
      assert.deepStrictEqual(modelOf(changeAgent(own, { model: { url: other, model: "m-1" } })), {
        url: other,
        model: "m-1"
      })
    }
    assert.isUndefined(
      modelOf(changeAgent(own, { model: { url: "https://models.example@evil.example/v1", model: "m" } }))?.apiKey
    )
  })

  it("replaces and removes the key when told to", () => {
    const next = Redacted.make("n3w")
    const replaced = modelOf(changeAgent(own, { model: { url, model: "m-1", apiKey: next } }))?.apiKey
    assert.strictEqual(replaced && Redacted.value(replaced), "n3w")
    assert.isUndefined(modelOf(changeAgent(own, { model: { url, model: "m-1", apiKey: null } }))?.apiKey)
  })
})
