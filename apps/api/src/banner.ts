import { seedRequest } from "./sample/seedRequest.ts"

export interface BannerFacts {
  readonly url: string
  /** Null when the key was shown at an earlier start and only its owner knows it. */
  readonly key: string | null
  readonly withSample: boolean
  /** Where the data is, in words. */
  readonly data: string
}

/** In single quotes, the shell takes everything literally but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const curl = ({ key, url, withSample }: BannerFacts): string => {
  const { dialogId: _, ...withoutDialog } = seedRequest
  return [
    `curl -sS ${quoted(`${url}/api/open/v4/butler/chat/completions`)}`,
    key === null ? `-H "Authorization: Bearer $BUTLER_API_KEY"` : `-H ${quoted(`Authorization: Bearer ${key}`)}`,
    `-H ${quoted("Content-Type: application/json")}`,
    `-d ${quoted(JSON.stringify(withSample ? seedRequest : withoutDialog))}`
  ].join(" \\\n  ")
}

/** What a person needs to begin: address, key and a request that works when pasted into a shell. */
export const banner = (facts: BannerFacts): string =>
  [
    "",
    `Butler is listening on ${facts.url}`,
    `  API key  ${facts.key ?? "as shown at the first start; put it into BUTLER_API_KEY for the request below"}`,
    `  Data     ${facts.data}`,
    `  Docs     ${facts.url}/docs`,
    "",
    "Try it:",
    "",
    curl(facts),
    "",
    ""
  ].join("\n")
