import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { errorsOf } from "../openapi/operation.ts"
import { ButlerError } from "./ButlerError.ts"
import { butlerOperation, commonErrors } from "./butlerOperation.ts"
import { TokenBody } from "./familyBodies.ts"
import { entityReply, TokenReply } from "./familyReplies.ts"

const errors = commonErrors.filter((type) => type !== "forbidden")

const token = HttpApiEndpoint.post("token", "/api/open/v3/token", {
  payload: TokenBody,
  success: TokenReply,
  error: errorsOf(ButlerError, errors)
}).annotateMerge(
  butlerOperation({
    operationId: "token",
    summary: "Exchange an app key and secret for an access token",
    description:
      "An API key `bk_<id>_<secret>` is the app key `bk_<id>` with the app secret `<secret>`. The token goes wherever the key itself may: into `Authorization`, with or without `Bearer`. It may what its key may, for two hours or until the key expires or is revoked. A wrong secret, and a key that is unknown, revoked or expired, are refused alike with 401. No other key is needed.",
    errors,
    request: {
      key: {
        summary: "The two parts of a key",
        value: { body: { appKey: "bk_k3v9x0q2m7b1c8d4", appSecret: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG" } }
      }
    },
    response: {
      token: {
        summary: "A token",
        value: entityReply({
          accessToken: "bt_0a1b2c3d4e5f6g7h_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
          accessTokenExpireIn: 7200
        })
      }
    }
  })
)

/** The exchange of keys for tokens, which needs neither. */
export const tokenGroup = HttpApiGroup.make("token")
  .add(token)
  .annotateMerge(OpenApi.annotations({ title: "Access tokens", description: "For clients that expect to fetch one." }))
