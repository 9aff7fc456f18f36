import { assert, layer } from "@effect/vitest"
import { Array as Arr, Effect, type Layer } from "effect"
import type { Ids } from "../ids/Ids.ts"
import { IdentitySecrets } from "../tool/IdentitySecrets.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { newWorkspace } from "./fixtures.ts"

/** What every store of identity secrets does. */
export const identitySecretsContract = <E>(
  name: string,
  store: Layer.Layer<IdentitySecrets | Ids | Workspaces, E>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`IdentitySecrets (${name})`, (it) => {
    it.effect("a workspace has one secret, the first that was brought, however many come at once", () =>
      Effect.gen(function* () {
        const [mine, theirs] = [yield* newWorkspace, yield* newWorkspace]
        const { get } = yield* IdentitySecrets
        const asked = Arr.range(1, 8).map((n) => get(mine.workspaceId, `secret ${n}`))
        const [first = "", ...others] = yield* Effect.all(asked, { concurrency: "unbounded" })
        assert.match(first, /^secret [1-8]$/u)
        assert.deepStrictEqual(new Set(others), new Set([first]))
        assert.strictEqual(yield* get(mine.workspaceId, "late"), first)
        assert.strictEqual(yield* get(theirs.workspaceId, "another"), "another")
      })
    )
  })
