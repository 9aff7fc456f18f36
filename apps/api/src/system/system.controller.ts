import type { Health, Readiness as ReadinessReport } from "@butler/contracts"
import { Readiness } from "@butler/runtime"
import { Controller, Get, Header, Redirect, Req, Res } from "@nestjs/common"
import { Effect } from "effect"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import type { FastifyReply, FastifyRequest } from "fastify"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { docsPage } from "./docsPage.ts"

const UNAVAILABLE = 503

/** What operators ask of a server. */
@Controller()
export class SystemController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Redirect("/docs", 302)
  root(): void {}

  @Get("healthz")
  health(): Health {
    return { status: "ok" }
  }

  @Get("readyz")
  async readiness(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply
  ): Promise<ReadinessReport> {
    const report = await this.effects.run(
      request,
      Readiness.use((readiness) => readiness.report)
    )
    if (report.status !== "ready") reply.code(UNAVAILABLE)
    return report
  }

  @Get("metrics")
  @Header("content-type", "text/plain; version=0.0.4; charset=utf-8")
  metrics(@Req() request: FastifyRequest): Promise<string> {
    return this.effects.run(request, PrometheusMetrics.format())
  }

  @Get("openapi.json")
  async openApi(): Promise<object> {
    // Loaded when first asked for: the declarations that it is made from take 30 MB.
    const { openApiDocument } = await import("@butler/contracts/openapi")
    return openApiDocument
  }

  @Get("docs")
  @Header("content-type", "text/html; charset=utf-8")
  docs(@Req() request: FastifyRequest): Promise<string> {
    return this.effects.run(request, Effect.promise(docsPage))
  }
}
