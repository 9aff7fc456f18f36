import { Layer } from "effect"
import { DeliveriesSql } from "./DeliveriesSql.ts"
import { DeliveryQueueSql } from "./DeliveryQueueSql.ts"
import { ReplaysSql } from "./ReplaysSql.ts"
import { SigningSecretsSql } from "./SigningSecretsSql.ts"
import { WebhookEndpointsSql } from "./WebhookEndpointsSql.ts"

/** Endpoints, their secrets, and what is owed and was sent to them. */
export const WebhooksSql = Layer.mergeAll(
  WebhookEndpointsSql,
  SigningSecretsSql,
  DeliveryQueueSql,
  DeliveriesSql,
  ReplaysSql
)
