import { acceptTurn, AgentTools, KnowledgeMemory, layerMemory, UserId } from "@butler/domain"
import { command, newWorkspace } from "@butler/domain/testing"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { createLocalJWKSet, errors, jwtVerify } from "jose"
import { AgentToolsMcp, ToolIdentity } from "../src/index.ts"
import { rawServer } from "./mcp/support/rawServer.ts"
import { http, servers } from "./mcp/support/servers.ts"
import { wordsAnalyzer } from "./support/wordsAnalyzer.ts"

const tools = AgentToolsMcp.pipe(
  Layer.provide(servers()),
  Layer.provideMerge(ToolIdentity.layer),
  Layer.provideMerge(Layer.mergeAll(layerMemory, KnowledgeMemory, wordsAnalyzer))
)

layer(tools, { excludeTestServices: true })("the contact's identity", (it) => {
  it.effect("goes along with a call as a claim that the server can verify, and nobody else can use", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const given = command(workspaceId, { userId: UserId.make("ada"), leaseMs: 60_000 })
      const { runnable } = yield* acceptTurn(given)
      if (runnable === null) return yield* Effect.die("the dialog is busy")
      const { requests, url } = yield* rawServer()
      const settings = { toolServers: [http(url)] }
      const [echo] = yield* (yield* AgentTools).open({ ...runnable, agent: { ...runnable.agent, settings } })
      yield* Effect.flatMap(Effect.fromNullishOr(echo), ({ call }) => call({}))
      const claim = String(requests.at(-1)?.headers["x-butler-identity"])

      const identity = yield* ToolIdentity
      const keys = createLocalJWKSet({ keys: [...(yield* identity.keys(workspaceId))] })
      const { payload, protectedHeader } = yield* Effect.promise(() =>
        jwtVerify(claim, keys, { audience: url, issuer: "butler" })
      )
      assert.strictEqual(protectedHeader.alg, "EdDSA")
      assert.deepInclude(payload, {
        sub: runnable.contactId,
        userId: "ada",
        dialogId: runnable.dialogId,
        turnId: runnable.id,
        workspaceId
      })
      assert.strictEqual((payload.exp ?? 0) - (payload.iat ?? 0), 300)
      const elsewhere = Effect.tryPromise(() => jwtVerify(claim, keys, { audience: "https://other.example/mcp" }))
      assert.instanceOf((yield* Effect.flip(elsewhere)).cause, errors.JWTClaimValidationFailed)
      const other = yield* newWorkspace
      const theirs = createLocalJWKSet({ keys: [...(yield* identity.keys(other.workspaceId))] })
      const foreign = Effect.tryPromise(() => jwtVerify(claim, theirs, { audience: url }))
      assert.instanceOf((yield* Effect.flip(foreign)).cause, errors.JWKSNoMatchingKey)
    })
  )
})
