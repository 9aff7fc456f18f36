import { ConfigProvider, Effect, Redacted } from "effect"
import { describe, expect, it } from "vitest"
import { AppConfig } from "../src/config.ts"

const load = (env: Record<string, string>) =>
  Effect.runSync(
    Effect.result(
      Effect.provideService(AppConfig.load, ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord(env))
    )
  )

const messageOf = (env: Record<string, string>): string => {
  const result = load(env)
  return result._tag === "Failure" ? result.failure.message : ""
}

const MODEL = { BUTLER_MODEL_URL: "http://127.0.0.1:11434/v1", BUTLER_MODEL: "m" }

describe("the settings of model and egress", () => {
  it("are a model or none, and what is open", () => {
    const none = load({})
    expect(none._tag === "Success" && [none.success.model, none.success.egressAllow]).toEqual([null, []])
    const one = load({ ...MODEL, BUTLER_MODEL_KEY: "sk-1", BUTLER_EGRESS_ALLOW: "10.0.0.0/8,*.internal.example" })
    expect(one._tag === "Success" && one.success).toMatchObject({
      model: { url: MODEL.BUTLER_MODEL_URL, model: "m", apiKey: Redacted.make("sk-1") },
      egressAllow: ["10.0.0.0/8", "*.internal.example"]
    })
  })

  it("are named when they are wrong, without what they hold", () => {
    expect(messageOf({ BUTLER_MODEL: "m" })).toContain("BUTLER_MODEL_URL and BUTLER_MODEL must be set together")
    const wrong = messageOf({ ...MODEL, BUTLER_MODEL_URL: "s3cret", BUTLER_EGRESS_ALLOW: "300.1.1.1/8" })
    expect(wrong).toContain("BUTLER_MODEL_URL must be an http or https URL")
    expect(wrong).toContain("BUTLER_EGRESS_ALLOW must be addresses")
    expect(wrong).not.toContain("s3cret")
  })
})
