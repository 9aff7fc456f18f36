const render = async (): Promise<string> => {
  const { api } = await import("@butler/contracts/openapi")
  const { HttpRouter } = await import("effect/http")
  const { HttpApiSwagger } = await import("effect/http-api")
  const { dispose, handler } = HttpRouter.toWebHandler(HttpApiSwagger.layer(api, { path: "/docs" }), {
    disableLogger: true
  })
  const response = await handler(new Request("http://localhost/docs"))
  const html = await response.text()
  await dispose()
  return html
}

let page: Promise<string> | undefined

/** The OpenAPI document as one page that loads nothing from elsewhere; made when first asked for, as it is 2 MB. */
export const docsPage = (): Promise<string> => (page ??= render())
