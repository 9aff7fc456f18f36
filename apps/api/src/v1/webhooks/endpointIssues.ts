import { Egress } from "@butler/webhooks/egress"
import { headerFlaws, parseSecret } from "@butler/webhooks"
import { Effect } from "effect"
import { Refused } from "../../http/Refused.ts"

interface Issue {
  readonly path: string
  readonly message: string
}

/** What an endpoint's form says that its schema cannot know. */
export interface EndpointForm {
  readonly url?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly secret?: string
}

const urlIssues = (url: string | undefined) =>
  url === undefined
    ? Effect.succeed([])
    : Effect.flatMap(Egress, ({ judge }) =>
        Effect.match(judge(url), {
          onSuccess: (): ReadonlyArray<Issue> => [],
          onFailure: ({ reason }): ReadonlyArray<Issue> => [{ path: "url", message: reason }]
        })
      )

const headerIssues = (headers: EndpointForm["headers"]): ReadonlyArray<Issue> =>
  headerFlaws(headers ?? {}).map(([name, message]) => ({ path: name === "" ? "headers" : `headers.${name}`, message }))

const secretIssues = (secret: string | undefined): ReadonlyArray<Issue> => {
  const parsed = secret === undefined ? null : parseSecret(secret)
  return typeof parsed === "string" ? [{ path: "secret", message: parsed }] : []
}

export const refuseIssues = (issues: ReadonlyArray<Issue>): Refused =>
  new Refused({
    code: "invalid_request",
    detail: issues.map(({ message, path }) => `${path} ${message}`).join("; "),
    issues
  })

/** Refuses a form with all that is wrong with it. */
export const checkEndpoint = Effect.fn("checkEndpoint")(function* ({ headers, secret, url }: EndpointForm) {
  const issues = [...(yield* urlIssues(url)), ...headerIssues(headers), ...secretIssues(secret)]
  if (issues.length > 0) return yield* refuseIssues(issues)
})
