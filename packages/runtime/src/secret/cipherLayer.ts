import { Cipher } from "@butler/domain"
import { Effect, Layer, Redacted } from "effect"
import type { RuntimeConfig } from "../config/RuntimeConfig.ts"
import { homeKey } from "./keyFile.ts"
import { makeCipher } from "./makeCipher.ts"

/** The cipher with the operator's keys; an embedded database has one of its own in its home beside them. */
export const cipherLayer = (
  { encryptionKeys }: Pick<RuntimeConfig, "encryptionKeys">,
  home: string | null
): Layer.Layer<Cipher> =>
  Layer.effect(
    Cipher,
    Effect.sync(() => {
      const given = encryptionKeys.map((key) => Buffer.from(Redacted.value(key), "base64"))
      return makeCipher(home === null ? given : [...given, homeKey(home)])
    })
  )
