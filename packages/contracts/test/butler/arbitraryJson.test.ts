import { assert, it } from "@effect/vitest"
import { Effect, Exit, type Schema } from "effect"
import * as fc from "fast-check"
import {
  decodeAgentChange,
  decodeAgentParams,
  decodeApiKeyParams,
  decodeCompletionHeaders,
  decodeCompletionRequest,
  decodeDialogListQuery,
  decodeDialogParams,
  decodeKnowledgeSearch,
  decodeMessageListQuery,
  decodeNewApiKey,
  decodeNewDocument,
  decodeNewWorkspace,
  decodeTurnParams,
  issuesOf
} from "../../src/index.ts"

const decoders = {
  decodeAgentChange,
  decodeAgentParams,
  decodeApiKeyParams,
  decodeCompletionHeaders,
  decodeCompletionRequest,
  decodeDialogListQuery,
  decodeDialogParams,
  decodeKnowledgeSearch,
  decodeMessageListQuery,
  decodeNewApiKey,
  decodeNewDocument,
  decodeNewWorkspace,
  decodeTurnParams
}

const anything = fc.jsonValue({ maxDepth: 3, stringUnit: "binary" })
const names = [
  "query",
  "dialogId",
  "userId",
  "channelType",
  "sendWebhook",
  "files",
  "waitMs",
  "onBusy",
  "name",
  "text",
  "pairs",
  "limit",
  "cursor",
  "order",
  "scopes",
  "expiresAt",
  "id",
  "turnId",
  "__proto__",
  "constructor"
]
const body = fc.oneof(
  anything,
  fc.dictionary(fc.constantFrom(...names), anything),
  fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] })
)

it.each(Object.entries(decoders))("%s answers any JSON with a value or with issues, and never dies", (_, decode) => {
  fc.assert(
    fc.property(body, (input) => {
      const exit = Effect.runSyncExit<unknown, unknown>(decode(input))
      if (Exit.isSuccess(exit)) return
      assert.isFalse(Exit.hasDies(exit))
      const issues = issuesOf(Effect.runSync(Effect.flip<unknown, Schema.SchemaError, never>(decode(input))))
      assert.isAbove(issues.length, 0)
      for (const { message } of issues) assert.match(message, /^must (?!be of another type)|^is required/)
    }),
    { numRuns: 300 }
  )
})
