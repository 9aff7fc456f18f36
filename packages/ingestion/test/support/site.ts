import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { Effect } from "effect"

export interface Page {
  readonly status?: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
  /** Goes on for ever. */
  readonly endless?: boolean
}

export interface Site {
  readonly url: string
  /** May be changed at any time. A page with an `etag` answers 304 to whoever has it. */
  readonly pages: Map<string, Page>
  /** The paths that were asked for, and how they were answered. */
  readonly visits: Array<string>
}

const answer = ({ visits, pages }: Omit<Site, "url">, request: IncomingMessage, response: ServerResponse): void => {
  const path = request.url ?? ""
  const page = pages.get(path) ?? { status: 404, body: "not found" }
  const etag = page.headers?.["etag"]
  const isSame = etag !== undefined && request.headers["if-none-match"] === etag
  const status = isSame ? 304 : (page.status ?? 200)
  visits.push(`${status} ${path}`)
  response.writeHead(status, { "content-type": page.type ?? "text/html; charset=utf-8", ...page.headers })
  if (page.endless !== true) return void response.end(isSame ? undefined : page.body)
  const more = (): void => {
    while (!response.destroyed && response.write("<p>on and on</p>".repeat(1000)));
  }
  response.on("drain", more)
  more()
}

/** A site on a free port of 127.0.0.1. */
export const startSite = Effect.acquireRelease(
  Effect.callback<Site & { readonly close: () => void }>((resume) => {
    const state = { pages: new Map<string, Page>(), visits: [] }
    const server = createServer((request, response) => answer(state, request, response))
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      const port = typeof address === "object" && address !== null ? address.port : 0
      const close = (): void => {
        server.closeAllConnections()
        server.close()
      }
      resume(Effect.succeed({ url: `http://127.0.0.1:${port}`, close, ...state }))
    })
  }),
  ({ close }) => Effect.sync(close)
)

/** A page with a title, a sentence and links. */
export const html = (title: string, text: string, links: ReadonlyArray<string> = [], head = ""): string =>
  `<html><head><title>${title}</title>${head}</head><body><main><h1>${title}</h1><p>${text}</p></main>` +
  `${links.map((link) => `<a href="${link}">more</a>`).join(" ")}</body></html>`
