import { Schema } from "effect"

/** For how long a token stands for its key, in seconds; a key that expires earlier takes it along. */
export const ACCESS_TOKEN_SECONDS = 7200

/** The public half of `bt_<id>_<secret>`. */
export const AccessTokenId = Schema.String.check(Schema.isPattern(/^[a-z0-9]{16}$/)).pipe(Schema.brand("AccessTokenId"))
export type AccessTokenId = typeof AccessTokenId.Type

const FORMAT = /^bt_([a-z0-9]{16})_[A-Za-z0-9_-]{43}$/

/** The public half of a token as a caller shows it; null when it has not the form `bt_<16 base36>_<43 base64url>`. */
export const parseAccessToken = (text: string): AccessTokenId | null => {
  const [, id] = FORMAT.exec(text) ?? []
  return id === undefined ? null : AccessTokenId.make(id)
}
