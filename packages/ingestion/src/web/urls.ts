/** Longer addresses are made by programs for programs. */
const MAX_LENGTH = 2048
const MAX_SEGMENTS = 16

/** A segment that comes again and again is a link that is relative to the wrong place. */
const MAX_REPEATS = 2

/** What tells sites where a visitor came from, and who it is. */
const TRACKING =
  /^(?:utm_\w+|(?:g|fb|y)clid|gclsrc|dclid|msclkid|mc_[ce]id|_ga|_gl|igshid|ref_src|phpsessid|jsessionid|sid|sessionid)$/iu

const NOT_PAGES =
  /\.(?:7z|aac|apk|avi|avif|bmp|css|dmg|doc|eot|epub|exe|flac|gif|gz|heic|ico|ics|iso|jar|jpe?g|js|json|m4[av]|mjs|mov|mp[34]|mpe?g|msi|odt|og[gv]|otf|png|pptx?|rar|rss|svg|tar|tgz|tiff?|ttf|wasm|wav|web[mp]|wmv|woff2?|xlsx?|xml|zip)$/iu

const repeats = (segments: ReadonlyArray<string>): number =>
  Math.max(0, ...segments.map((segment) => segments.filter((other) => other === segment).length))

/**
 * One spelling for each page: no fragment, no tracking, one slash where there are several. Null for what
 * cannot be a page of a site, or is an address such as crawlers are caught with.
 */
export const normaliseUrl = (text: string): string | null => {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/u.test(url.protocol) || url.username !== "" || url.password !== "") return null
  url.hash = ""
  url.hostname = url.hostname.replace(/\.$/u, "")
  url.pathname = url.pathname.replace(/;jsessionid=[^/]*/giu, "").replace(/\/{2,}/gu, "/")
  const tracking = [...url.searchParams.keys()].filter((name) => TRACKING.test(name))
  for (const name of tracking) url.searchParams.delete(name)
  // An empty query would keep its question mark.
  if (url.search === "") url.search = ""
  const segments = url.pathname.split("/").filter((segment) => segment !== "")
  if (url.href.length > MAX_LENGTH || segments.length > MAX_SEGMENTS || repeats(segments) > MAX_REPEATS) return null
  return url.href
}

/** Whether a link is worth following: pictures, archives and the like say nothing here. */
export const mayBePage = (url: string): boolean => !NOT_PAGES.test(new URL(url).pathname)

const hostOf = (url: string): string => {
  const { hostname, port } = new URL(url)
  return `${hostname.replace(/^www\./u, "")}:${port}`
}

/** The same host, with or without `www.`, and the same port; the protocol may differ. */
export const isSameSite = (one: string, other: string): boolean => hostOf(one) === hostOf(other)
