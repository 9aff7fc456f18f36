import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { TestResult } from "./DeliveryResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"
import { SecretRotation, SigningSecretResource } from "./SigningSecretResource.ts"
import {
  CreatedWebhookEndpoint,
  NewWebhookEndpointRequest,
  WebhookEndpointChange,
  WebhookEndpointList,
  WebhookEndpointListQuery,
  WebhookEndpointParams,
  WebhookEndpointResource
} from "./WebhookEndpointResource.ts"
import { webhooksIntroduction } from "./webhooksIntroduction.ts"

const ofEndpoint = [...commonProblems, "webhook_endpoint_not_found"] as const
const ofRotation = [...bodyProblems, "webhook_endpoint_not_found"] as const
const ofChange = [...ofRotation, "webhook_endpoint_of_chatbot"] as const
const ofRemoval = [...ofEndpoint, "webhook_endpoint_of_chatbot"] as const
const ofCreation = [...bodyProblems, "too_many_webhook_endpoints"] as const

const PATH = "/v1/webhook-endpoints"

const create = HttpApiEndpoint.post("createWebhookEndpoint", PATH, {
  payload: NewWebhookEndpointRequest,
  success: CreatedWebhookEndpoint.pipe(HttpApiSchema.status(201)),
  error: problems(ofCreation)
}).annotateMerge(
  native({
    operationId: "createWebhookEndpoint",
    summary: "Subscribe to events",
    description: "The answer holds the signing secret, this once. Needs the scope `webhooks:write`.",
    errors: ofCreation,
    request: { endpoint: { summary: "All messages", value: { url: "https://example.com/hooks/butler" } } }
  })
)

const list = HttpApiEndpoint.get("listWebhookEndpoints", PATH, {
  query: WebhookEndpointListQuery,
  success: WebhookEndpointList,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listWebhookEndpoints",
    summary: "List webhook endpoints",
    description:
      "The workspace's own, or with `chatbotId` those of a chatbot. Oldest first, all at once: `nextCursor` is null. Needs the scope `webhooks:read`.",
    errors: commonProblems
  })
)

const get = HttpApiEndpoint.get("getWebhookEndpoint", `${PATH}/:endpointId`, {
  params: WebhookEndpointParams,
  success: WebhookEndpointResource,
  error: problems(ofEndpoint)
}).annotateMerge(
  native({
    operationId: "getWebhookEndpoint",
    summary: "Get a webhook endpoint",
    description: "With its health. Needs the scope `webhooks:read`.",
    errors: ofEndpoint
  })
)

const change = HttpApiEndpoint.patch("changeWebhookEndpoint", `${PATH}/:endpointId`, {
  params: WebhookEndpointParams,
  payload: WebhookEndpointChange,
  success: WebhookEndpointResource,
  error: problems(ofChange)
}).annotateMerge(
  native({
    operationId: "changeWebhookEndpoint",
    summary: "Change a webhook endpoint",
    description:
      "What is not sent stays. A new URL, and enabling, forget past failures; what was missed is not sent by itself but can be replayed. Needs the scope `webhooks:write`.",
    errors: ofChange,
    request: { enable: { summary: "Switch it on again", value: { enabled: true } } }
  })
)

const remove = HttpApiEndpoint.delete("deleteWebhookEndpoint", `${PATH}/:endpointId`, {
  params: WebhookEndpointParams,
  success: HttpApiSchema.NoContent.annotate({ description: "Nothing more is sent to it." }),
  error: problems(ofRemoval)
}).annotateMerge(
  native({
    operationId: "deleteWebhookEndpoint",
    summary: "Delete a webhook endpoint",
    description: "What is still owed to it is dropped. Needs the scope `webhooks:write`.",
    errors: ofRemoval
  })
)

const rotate = HttpApiEndpoint.post("rotateWebhookSecret", `${PATH}/:endpointId/rotate-secret`, {
  params: WebhookEndpointParams,
  payload: SecretRotation,
  success: SigningSecretResource,
  error: problems(ofRotation)
}).annotateMerge(
  native({
    operationId: "rotateWebhookSecret",
    summary: "Change an endpoint's signing secret",
    description:
      "Until the old one's time is over every request carries a signature by each. Needs the scope `webhooks:write`.",
    errors: ofRotation,
    request: { soon: { summary: "The old one for an hour more", value: { overlapHours: 1 } } }
  })
)

const test = HttpApiEndpoint.post("testWebhookEndpoint", `${PATH}/:endpointId/test`, {
  params: WebhookEndpointParams,
  success: TestResult,
  error: problems(ofEndpoint)
}).annotateMerge(
  native({
    operationId: "testWebhookEndpoint",
    summary: "Send a test event",
    description:
      "One signed event with made-up content, sent at once and not recorded, also to a disabled endpoint; answered with what came of it. Needs the scope `webhooks:write`.",
    errors: ofEndpoint
  })
)

const getSecret = HttpApiEndpoint.get("getSigningSecret", "/v1/signing-secret", {
  success: SigningSecretResource,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "getSigningSecret",
    summary: "Get the workspace's signing secret",
    description:
      "Callbacks to `sendWebhook` are signed with it. It is made when first asked for or needed. It is a secret: needs the scope `webhooks:write`.",
    errors: commonProblems
  })
)

const rotateOwn = HttpApiEndpoint.post("rotateSigningSecret", "/v1/signing-secret/rotate", {
  payload: SecretRotation,
  success: SigningSecretResource,
  error: problems(bodyProblems)
}).annotateMerge(
  native({
    operationId: "rotateSigningSecret",
    summary: "Change the workspace's signing secret",
    description: "As an endpoint's secret is changed. Needs the scope `webhooks:write`.",
    errors: bodyProblems,
    request: { now: { summary: "The old one is out at once", value: { overlapHours: 0 } } }
  })
)

/** Who is told of what happens, and with which secrets it is signed. */
export const webhookEndpointsGroup = HttpApiGroup.make("webhooks")
  .add(create, list, get, change, remove, rotate, test, getSecret, rotateOwn)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "Webhooks", description: webhooksIntroduction }))
