import { randomBytes } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CannotDecrypt, Cipher, type SecretPlace, WorkspaceId } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Config, ConfigProvider, Effect, Exit, Redacted } from "effect"
import { cipherLayer, loadConfig, makeCipher, runtimeConfig, runtimeSettings } from "../src/index.ts"

const place: SecretPlace = {
  workspaceId: WorkspaceId.make("7a1f3c58-0e5d-4d8a-8a6e-2d9f3f6b1c01"),
  purpose: "agent"
}
const SECRET = "sk-密钥 🔑"

describe("a cipher", () => {
  it("hides a secret, differently each time, and gives it back", () => {
    const cipher = makeCipher([randomBytes(32)])
    const stored = [cipher.encrypt(place, SECRET), cipher.encrypt(place, SECRET)]
    assert.notStrictEqual(stored[0], stored[1])
    for (const each of stored) {
      assert.match(each, /^enc:v1:[0-9a-f]{8}:[A-Za-z0-9_-]+$/)
      assert.notInclude(Buffer.from(each.split(":")[3] ?? "", "base64url").toString("latin1"), "sk-")
      assert.deepStrictEqual([cipher.decrypt(place, each), cipher.decrypt(place, each)], [SECRET, SECRET])
    }
  })

  it("decrypts with every key, and encrypts with the first", () => {
    const [old, next] = [randomBytes(32), randomBytes(32)]
    const stored = makeCipher([old]).encrypt(place, SECRET)
    const both = makeCipher([next, old])
    assert.strictEqual(both.decrypt(place, stored), SECRET)
    assert.strictEqual(makeCipher([next]).decrypt(place, both.encrypt(place, SECRET)), SECRET)
  })

  it("decrypts nothing with another key, for another place, or that was changed", () => {
    const cipher = makeCipher([randomBytes(32)])
    const stored = cipher.encrypt(place, SECRET)
    const keyId = stored.split(":")[2]
    const elsewhere = { ...place, workspaceId: WorkspaceId.make("7a1f3c58-0e5d-4d8a-8a6e-2d9f3f6b1c02") }
    const damaged = `${stored.slice(0, -3)}${stored.at(-3) === "A" ? "B" : "A"}${stored.slice(-2)}`
    const attempts = [
      () => makeCipher([randomBytes(32)]).decrypt(place, stored),
      () => makeCipher([]).decrypt(place, stored),
      () => cipher.decrypt(elsewhere, stored),
      () => cipher.decrypt({ ...place, purpose: "webhook" }, stored),
      () => cipher.decrypt(place, damaged),
      () => cipher.decrypt(place, stored.slice(0, 24))
    ]
    for (const attempt of attempts) assert.throws(attempt, CannotDecrypt, `key ${keyId}`)
  })

  it("leaves what was stored before there was a key, and without a key everything", () => {
    assert.strictEqual(makeCipher([randomBytes(32)]).decrypt(place, "whsec_clear"), "whsec_clear")
    const keyless = makeCipher([])
    assert.deepStrictEqual([keyless.hasKey, keyless.encrypt(place, SECRET)], [false, SECRET])
  })
})

const configOf = (environment: Readonly<Record<string, string>>) =>
  Effect.runPromiseExit(
    Effect.provideService(
      loadConfig(Config.all(runtimeConfig), runtimeSettings),
      ConfigProvider.ConfigProvider,
      ConfigProvider.fromEnvRecord(environment)
    )
  )

describe("the keys", () => {
  it("are 32 bytes in base64, one or several", async () => {
    const key = randomBytes(32).toString("base64")
    const two = await configOf({ BUTLER_ENCRYPTION_KEY: `${key},${randomBytes(32).toString("base64")}` })
    assert.strictEqual(Exit.isSuccess(two) && Redacted.value(two.value.encryptionKeys[0] ?? Redacted.make("")), key)
    for (const wrong of ["short", randomBytes(31).toString("base64"), `${key},x`]) {
      assert.include(String(await configOf({ BUTLER_ENCRYPTION_KEY: wrong })), "BUTLER_ENCRYPTION_KEY must be")
    }
  })

  it.effect("an embedded home has one of its own, made once and for its owner only", () =>
    Effect.gen(function* () {
      const home = mkdtempSync(join(tmpdir(), "butler-cipher-"))
      const cipher = Effect.provide(Cipher, cipherLayer({ encryptionKeys: [] }, home), { local: true })
      const stored = (yield* cipher).encrypt(place, SECRET)
      const file = join(home, "encryption-key")
      const key = readFileSync(file, "utf8")
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      assert.strictEqual((yield* cipher).decrypt(place, stored), SECRET)
      assert.strictEqual(readFileSync(file, "utf8"), key)
      writeFileSync(file, "nonsense")
      assert.isTrue(Exit.hasDies(yield* Effect.exit(cipher)))
      rmSync(home, { recursive: true })
    })
  )
})
