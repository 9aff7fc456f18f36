import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Egress, type EgressOptions, EgressRefused, InvalidEgressEntry } from "../../src/egress/index.ts"

const names: Record<string, ReadonlyArray<string>> = {
  "public.test": ["93.184.216.34"],
  "private.test": ["10.0.0.7"],
  "metadata.google.internal": ["169.254.169.254"],
  "mixed.test": ["127.0.0.1", "93.184.216.34"],
  localhost: ["127.0.0.1", "::1"]
}

const resolve = async (hostname: string) => {
  const addresses = names[hostname]
  if (addresses === undefined) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND", syscall: "queryA" })
  return addresses
}

const judged = (url: string, options: EgressOptions = {}) =>
  Egress.use((egress) => egress.judge(url)).pipe(
    Effect.map((found) => found.href),
    Effect.catchTag("EgressRefused", (refused) => Effect.succeed(refused)),
    Effect.provide(Egress.layer({ resolve, ...options }))
  )

const refused = [
  ["not a URL", "callback"],
  ["a relative URL", "/webhook"],
  ["another scheme", "ftp://public.test/"],
  ["a file", "file:///etc/passwd"],
  ["gopher", "gopher://127.0.0.1:6379/_INFO"],
  ["a script", "javascript:alert(1)"],
  ["a user name", "https://user@public.test/"],
  ["a password", "https://:secret@public.test/"],
  ["a name that only looks public", "http://public.test@127.0.0.1/"],
  ["port 0", "http://public.test:0/"],
  ["no host", "http://"],
  ["more than a URL", `https://public.test/${"x".repeat(2_048)}`],
  ["the loopback", "http://127.0.0.1/"],
  ["the loopback's other addresses", "http://127.8.9.10/"],
  ["one number", "http://2130706433/"],
  ["one hexadecimal number", "http://0x7f000001/"],
  ["octal digits", "http://0177.0.0.1/"],
  ["hexadecimal digits", "http://0x7f.1/"],
  ["two parts", "http://127.1/"],
  ["digits of another script", "http://①②⑦.⓪.⓪.①/"],
  ["a full stop of another script", "http://127。0。0。1/"],
  ["percent signs", "http://%31%32%37.0.0.1/"],
  ["a trailing dot", "http://127.0.0.1./"],
  ["no address", "http://0/"],
  ["the unspecified address", "http://0.0.0.0/"],
  ["IPv6's loopback", "http://[::1]/"],
  ["IPv6's unspecified address", "http://[::]/"],
  ["a mapped address", "http://[::ffff:127.0.0.1]/"],
  ["a mapped address in hexadecimal", "http://[::ffff:a9fe:a9fe]/"],
  ["a compatible address", "http://[::7f00:1]/"],
  ["6to4", "http://[2002:7f00:1::]/"],
  ["NAT64", "http://[64:ff9b::7f00:1]/"],
  ["a unique local address", "http://[fd00:ec2::254]/"],
  ["cloud metadata", "http://169.254.169.254/latest/meta-data/"],
  ["Azure's host", "http://168.63.129.16/"],
  ["a private network", "http://192.168.1.1/"],
  ["a name of this machine", "http://localhost:5432/"],
  ["a name with a private address", "https://private.test/hook"],
  ["a name of cloud metadata", "http://metadata.google.internal/"]
] as const

const passed = [
  ["a public name", "https://public.test/hook?x=1"],
  ["a public address", "http://93.184.216.34/"],
  ["any port", "http://public.test:8443/"],
  ["a public IPv6 address", "http://[2606:4700:4700::1111]/"],
  ["a name with one public address", "https://mixed.test/"],
  ["a name without an answer yet", "https://api.example.com/webhook/agent-callback"]
] as const

describe("a URL with", () => {
  for (const [name, url] of refused) {
    it.effect(`${name} is refused`, () =>
      Effect.gen(function* () {
        assert.instanceOf(yield* judged(url), EgressRefused)
      })
    )
  }
  for (const [name, url] of passed) {
    it.effect(`${name} passes`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* judged(url), new URL(url).href)
      })
    )
  }
})

describe("the allow list", () => {
  const opens = [
    ["a range", ["10.0.0.0/8"], "http://10.1.2.3/"],
    ["a range, for names too", ["10.0.0.0/8"], "http://private.test/"],
    ["an address", ["127.0.0.1"], "http://127.0.0.1:8080/"],
    ["an IPv6 range", ["fd00::/8"], "http://[fd00::1]/"],
    ["a mapped form of what it opens", ["127.0.0.0/8"], "http://[::ffff:127.0.0.1]/"],
    ["a name", ["Private.Test"], "http://private.test/"],
    ["all names below one", ["*.google.internal"], "http://metadata.google.internal/"],
    ["this machine's name", ["localhost"], "http://localhost/"]
  ] as const
  for (const [name, allow, url] of opens) {
    it.effect(`opens ${name}`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* judged(url, { allow }), new URL(url).href)
      })
    )
  }

  it.effect("opens nothing else", () =>
    Effect.gen(function* () {
      const allow = ["10.0.0.0/8", "*.google.internal"]
      for (const url of ["http://127.0.0.1/", "http://192.168.0.1/", "http://[::1]/", "http://localhost/"]) {
        assert.instanceOf(yield* judged(url, { allow }), EgressRefused)
      }
    })
  )

  for (const entry of ["10.0.0.0/33", "http://a.test", "a b", "1.2.3", "fd00::/129", "*", "a.*"]) {
    it.effect(`does not take ${entry}`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(Effect.scoped(Effect.provide(Egress, Egress.layer({ allow: [entry] }))))
        assert.deepStrictEqual(error, new InvalidEgressEntry({ entry }))
      })
    )
  }
})
