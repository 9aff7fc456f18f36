import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Redacted } from "effect"
import { modelConfig } from "../../src/index.ts"

const read = (env: Record<string, string>) =>
  Effect.provide(modelConfig, ConfigProvider.layer(ConfigProvider.fromEnvRecord(env)))

describe("modelConfig", () => {
  it.effect("is no model where nothing is set", () =>
    Effect.gen(function* () {
      assert.isNull(yield* read({}))
      assert.isNull(yield* read({ BUTLER_MODEL_KEY: "k" }))
    })
  )

  it.effect("is a URL and a model, with a key or without", () =>
    Effect.gen(function* () {
      const env = { BUTLER_MODEL_URL: "http://127.0.0.1:11434/v1", BUTLER_MODEL: "m" }
      assert.deepStrictEqual(yield* read(env), { url: env.BUTLER_MODEL_URL, model: "m", apiKey: null })
      const found = yield* read({ ...env, BUTLER_MODEL_KEY: "sk-1" })
      assert.strictEqual(found?.apiKey && Redacted.value(found.apiKey), "sk-1")
      assert.notInclude(JSON.stringify(found), "sk-1")
    })
  )

  it.effect("refuses the one without the other, and what is no URL", () =>
    Effect.gen(function* () {
      const wrong = [
        { BUTLER_MODEL_URL: "http://127.0.0.1/v1" },
        { BUTLER_MODEL: "m" },
        { BUTLER_MODEL_URL: "localhost:11434", BUTLER_MODEL: "m" },
        { BUTLER_MODEL_URL: "file:///etc/passwd", BUTLER_MODEL: "m" }
      ]
      for (const env of wrong) assert.match((yield* Effect.flip(read(env))).message, /BUTLER_MODEL/u)
    })
  )
})
