import { routes } from "@butler/contracts/openapi"
import { freshPglite } from "@butler/persistence/testing"
import { ConfigProvider, Effect, Layer, ManagedRuntime } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { AppConfig } from "../src/config.ts"
import { EffectRunner } from "../src/effect/EffectRunner.ts"
import { createServer } from "../src/http/createServer.ts"
import { servicesOver } from "../src/layer.ts"
import { at, call, listAt, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

/** Of the process, so of every service that other files have started in it. */
const missingDialogs = (metrics: string): number =>
  Number(
    /^butler_http_requests_total\{method="GET",route="\/v1\/dialogs\/:dialogId",status="404"\} (\d+)$/m.exec(
      metrics
    )?.[1] ?? 0
  )

describe("the system's routes", () => {
  let api: Api
  beforeAll(async () => {
    api = await startApi(freshPglite)
  })
  afterAll(() => api.stop())

  it("say that the process is alive and ready, without a key", async () => {
    expect((await call(api, "/healthz", { key: null })).body).toEqual({ status: "ok" })
    const { body, status } = await call(api, "/readyz", { key: null })
    expect(status).toBe(200)
    expect(at(body, "status")).toBe("ready")
    expect(listAt(body, "checks").map((check) => at(check, "name"))).toEqual(["database", "migrations", "turn runner"])
  })

  const readMetrics = async (): Promise<string> => textAt(await call(api, "/metrics", { key: null }), "body")

  it("count requests by route and status, never by path", async () => {
    const before = missingDialogs(await readMetrics())
    await call(api, "/v1/dialogs/some-id")
    await call(api, "/some-scanners-path")
    const metrics = await readMetrics()
    expect(missingDialogs(metrics)).toBe(before + 1)
    expect(metrics).toContain('route="unknown",status="404"')
    expect(metrics).toMatch(/butler_http_request_duration_milliseconds_bucket\{.*le="\+Inf"/)
    expect(metrics).not.toMatch(/some-/)
  })

  it("show the document, and a page that loads nothing from elsewhere", async () => {
    expect((await call(api, "/", { key: null })).headers.get("location")).toBe("/docs")
    expect((await call(api, "/openapi.json", { key: null })).body).toMatchObject({ openapi: "3.1.0" })
    const page = textAt(await call(api, "/docs", { key: null }), "body")
    expect(page).toContain("SwaggerUIBundle")
    expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/)
  })
})

const config = Effect.runSync(
  AppConfig.load.pipe(
    Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord({ LOG_LEVEL: "None" }))
  )
)

describe("the routes", () => {
  it("are those of the contracts, with the redirect of /", async () => {
    const runtime = ManagedRuntime.make(servicesOver(config).pipe(Layer.provide(freshPglite)))
    const { app, routes: served } = await createServer(new EffectRunner(runtime), config)
    const listed = served.all.flatMap(({ methods, path }) =>
      methods.filter((method) => method !== "HEAD").map((method) => `${method} ${path}`)
    )
    const declared = routes.map(({ method, path }) => `${method} ${path}`)
    expect(listed.toSorted()).toEqual([...declared, "GET /"].toSorted())
    await app.close()
    await runtime.dispose()
  })
})
