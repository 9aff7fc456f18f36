import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { errorsOf } from "../openapi/operation.ts"
import { ButlerError } from "./ButlerError.ts"
import { butlerOperation, turnErrors } from "./butlerOperation.ts"
import { CompletionHeaders } from "./CompletionHeaders.ts"
import { CompletionRequest } from "./CompletionRequest.ts"
import { CompletionResponse } from "./CompletionResponse.ts"
import { completionDescription } from "./completionDescription.ts"
import { exampleQueued, exampleRequest, exampleResponse } from "./examples.ts"
import { StreamEvent } from "./StreamEvent.ts"

const complete = HttpApiEndpoint.post("complete", "/api/open/v4/butler/chat/completions", {
  headers: CompletionHeaders,
  payload: CompletionRequest,
  success: [CompletionResponse, HttpApiSchema.StreamSse({ events: StreamEvent })],
  error: errorsOf(ButlerError, turnErrors)
}).annotateMerge(
  butlerOperation({
    operationId: "complete",
    summary: "Send a contact's message and get the agent's answer",
    description: completionDescription,
    errors: turnErrors,
    request: {
      refund: { summary: "A message with two files in a known dialog", value: exampleRequest },
      shortest: { summary: "A first message of an anonymous contact", value: { query: "介绍下你们的业务" } }
    },
    response: {
      completed: { summary: "The answer", value: exampleResponse },
      queued: { summary: "`async`, or `waitMs` ran out", value: exampleQueued }
    }
  })
)

/** The 3Chat butler open API. */
export const butlerGroup = HttpApiGroup.make("butler")
  .add(complete)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({
      title: "Butler open API",
      description: "One call brings a contact's message in and the answer out."
    })
  )
