import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Health, Readiness } from "./health.ts"

const notes = (operationId: string, summary: string, description: string, failure?: string) =>
  OpenApi.annotations({
    identifier: operationId,
    summary,
    description,
    ...(failure !== undefined && {
      transform: (spec) => ({
        ...spec,
        responses: { ...spec["responses"], 503: { ...spec["responses"][503], description: failure } }
      })
    })
  })

const textAs = (contentType: string, description: string) =>
  Schema.String.annotate({ description }).pipe(HttpApiSchema.asText({ contentType }))

/** What operators and integrators ask of a server. No key is needed. */
export const systemGroup = HttpApiGroup.make("system")
  .add(
    HttpApiEndpoint.get("getHealth", "/healthz", { success: Health }).annotateMerge(
      notes("getHealth", "Is the process alive?", "Answers as long as the process does.")
    ),
    HttpApiEndpoint.get("getReadiness", "/readyz", {
      success: Readiness,
      error: Readiness.pipe(HttpApiSchema.status(503))
    }).annotateMerge(
      notes(
        "getReadiness",
        "Can turns be accepted?",
        "200 when every check passes, 503 otherwise, with the same body.",
        "A check fails, or the server is stopping."
      )
    ),
    HttpApiEndpoint.get("getMetrics", "/metrics", {
      success: textAs("text/plain; version=0.0.4", "Prometheus text format.")
    }).annotateMerge(notes("getMetrics", "Metrics", "Counters and histograms in the Prometheus text format.")),
    HttpApiEndpoint.get("getOpenApi", "/openapi.json", {
      success: Schema.Record(Schema.String, Schema.Unknown).annotate({ description: "An OpenAPI 3.1 document." })
    }).annotateMerge(notes("getOpenApi", "This document", "The OpenAPI 3.1 document of this server.")),
    HttpApiEndpoint.get("getDocs", "/docs", {
      success: textAs("text/html", "A page.")
    }).annotateMerge(notes("getDocs", "This document as a page", "The OpenAPI document, to read and to try."))
  )
  .annotateMerge(
    OpenApi.annotations({ title: "System", description: "What operators ask of a server. No key is needed." })
  )
