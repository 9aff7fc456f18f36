import type { BrandChangeRequest } from "@butler/contracts"
import { type BrandChange, Cipher } from "@butler/domain"
import { Effect, Redacted } from "effect"
import { refuse } from "../../http/Refused.ts"

/** What a request changes of a brand. Where a server has no key to encrypt it with, another's credential is not taken. */
export const judgeBrand = Effect.fn("judgeBrand")(function* ({ emailSettings, ...content }: BrandChangeRequest) {
  const { resendApiKey, ...mails } = emailSettings ?? {}
  if (resendApiKey !== undefined && resendApiKey !== null && !(yield* Cipher).hasKey) {
    return yield* refuse(
      "not_implemented",
      "emailSettings.resendApiKey cannot be stored: this server encrypts credentials, and its operator has not set BUTLER_ENCRYPTION_KEY"
    )
  }
  const secret = resendApiKey === undefined || resendApiKey === null ? null : Redacted.make(resendApiKey)
  const change: BrandChange = {
    ...content,
    emailSettings: mails,
    ...(resendApiKey !== undefined && { resendApiKey: secret })
  }
  return change
})
