import { api } from "@butler/contracts"
import { HttpRouter } from "effect/http"
import { HttpApiSwagger } from "effect/http-api"

let page: Promise<string> | undefined

const render = async (): Promise<string> => {
  const { dispose, handler } = HttpRouter.toWebHandler(HttpApiSwagger.layer(api, { path: "/docs" }), {
    disableLogger: true
  })
  const response = await handler(new Request("http://localhost/docs"))
  const html = await response.text()
  await dispose()
  return html
}

/** The OpenAPI document as one page that loads nothing from elsewhere; made when first asked for, as it is 2 MB. */
export const docsPage = (): Promise<string> => (page ??= render())
