import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option, Result } from "effect"
import { changeAgent } from "../agent/changeAgent.ts"
import { Agents } from "../agent/Agents.ts"
import { Chatbots } from "../chatbot/Chatbots.ts"
import { UserId } from "../ids/brands.ts"
import { acceptTurn, type TurnCommand } from "../turn/acceptTurn.ts"
import type { Brands } from "../whitelabel/Brand.ts"
import { ChatbotLimitReached, MessagesLimitReached, type Quotas } from "../whitelabel/Entitlement.ts"
import { type WhitelabelUserChange, WhitelabelUsers } from "../whitelabel/WhitelabelUsers.ts"
import { Workspaces } from "../workspace/Workspace.ts"
import { create } from "./agents/managing.ts"
import { newBrand, newUser } from "./brandsContract.ts"
import { claimIn, command, type DialogStore, dialogsIn, LONG_MS, newWorkspace } from "./fixtures.ts"

type Store = Agents | Brands | Chatbots | DialogStore | WhitelabelUsers

const newMember = Effect.fnUntraced(function* (quotas: Partial<Quotas>) {
  const brand = yield* newBrand((yield* newWorkspace).workspaceId)
  const user = yield* newUser(brand, "ada@example.com", quotas)
  const place = { workspaceId: brand.workspaceId, brandId: brand.id, userId: user.id }
  const change = (wanted: Partial<WhitelabelUserChange>) =>
    WhitelabelUsers.use((users) => users.change(place, { quotas: {}, features: {}, ...wanted }))
  return { workspaceId: user.workspaceId, change }
})

type Commands = (n: number) => TurnCommand

/** How many of so many messages at once are accepted; the others are refused for this reason alone. */
const acceptedOf = Effect.fnUntraced(function* (count: number, commandOf: Commands) {
  const all = yield* Effect.forEach(
    Array.from({ length: count }, (_, n) => commandOf(n)),
    (each) => Effect.result(acceptTurn(each)),
    { concurrency: "unbounded" }
  )
  const refused = all.filter(Result.isFailure).map(({ failure }) => failure)
  assert.isTrue(refused.every((failure) => failure instanceof MessagesLimitReached))
  return all.length - refused.length
})

const chatbotsOf = Effect.fnUntraced(function* (workspaceId: TurnCommand["workspaceId"]) {
  const page = { offset: 0, limit: 100 }
  return (yield* (yield* Chatbots).list(workspaceId, page)).map(({ title }) => title)
})

/** What every store holds the workspaces of white-label users to. */
export const entitlementsContract = <E>(name: string, store: Layer.Layer<Store, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Entitlements (${name})`, (it) => {
    it.effect("of 50 messages at once as many are accepted as are left, in whatever dialogs", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newMember({ combinedMessagesQuota: 11 })
        const ada = UserId.make("ada")
        const { dialogId } = yield* acceptTurn(command(workspaceId, { userId: ada }))
        const commands: Commands = (n) => {
          switch (n % 4) {
            case 0:
              return command(workspaceId)
            case 1:
              return command(workspaceId, { dialogId })
            case 2:
              return command(workspaceId, { userId: UserId.make(`user ${n}`), leaseMs: LONG_MS })
            default:
              return command(workspaceId, { dialogId, onBusy: "coalesce" })
          }
        }
        assert.strictEqual(yield* acceptedOf(50, commands), 10)
        const stored = yield* dialogsIn(workspaceId)
        assert.strictEqual(
          stored.reduce((sum, { messageCount }) => sum + messageCount, 0),
          11
        )
        assert.strictEqual(yield* acceptedOf(3, () => command(workspaceId)), 0)
      })
    )

    it.effect("a repeat counts once, and is answered when nothing is left", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newMember({ combinedMessagesQuota: 1 })
        const idempotency = { route: "v4", key: "order-1", fingerprint: "aa" }
        const message = command(workspaceId, { idempotency, userId: UserId.make("ada") })
        const accepted = yield* Effect.all(
          Array.from({ length: 12 }, () => acceptTurn(message)),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(new Set(accepted.map(({ turnId }) => turnId)).size, 1)
        assert.strictEqual((yield* acceptTurn(message)).turnId, accepted[0]?.turnId)
        assert.strictEqual(yield* acceptedOf(1, () => command(workspaceId)), 0)
      })
    )

    it.effect("a quota below what is used stops more, a higher one lets more in; others are not counted", () =>
      Effect.gen(function* () {
        const { change, workspaceId } = yield* newMember({ combinedMessagesQuota: 3 })
        const message = () => command(workspaceId)
        assert.strictEqual(yield* acceptedOf(2, message), 2)
        yield* change({ quotas: { combinedMessagesQuota: 1 } })
        assert.strictEqual(yield* acceptedOf(2, message), 0)
        assert.lengthOf(yield* dialogsIn(workspaceId), 2)
        yield* change({ quotas: { combinedMessagesQuota: 4 } })
        assert.strictEqual(yield* acceptedOf(5, message), 2)
        yield* change({ quotas: { combinedMessagesQuota: 0 } })
        assert.strictEqual(yield* acceptedOf(1, message), 0)
        const other = yield* newWorkspace
        assert.strictEqual(yield* acceptedOf(5, () => command(other.workspaceId)), 5)
      })
    )

    it.effect("of chatbots made at once no more than may be; those that are removed make room", () =>
      Effect.gen(function* () {
        const { change, workspaceId } = yield* newMember({ chatbotsQuota: 3 })
        const agents = yield* Agents
        assert.deepStrictEqual(yield* chatbotsOf(workspaceId), [])
        const made = yield* Effect.forEach([..."abcdefgh"], (each) => Effect.option(create(workspaceId, each)), {
          concurrency: "unbounded"
        })
        assert.lengthOf(made.filter(Option.isSome), 3)
        assert.lengthOf(yield* chatbotsOf(workspaceId), 3)
        const refused = new ChatbotLimitReached({ quota: 3 })
        assert.deepStrictEqual(yield* Effect.flip(create(workspaceId, "i")), refused)
        const { id } = Option.getOrThrow(Option.firstSomeOf(made))
        yield* agents.remove(workspaceId, id)
        yield* create(workspaceId, "j")
        yield* change({ quotas: { chatbotsQuota: 0 } })
        assert.deepStrictEqual(yield* Effect.flip(create(workspaceId, "k")), new ChatbotLimitReached({ quota: 0 }))
        assert.lengthOf(yield* chatbotsOf(workspaceId), 3)
      })
    )

    it.effect("where functions are switched off, no turn's agent has servers of tools", () =>
      Effect.gen(function* () {
        const { change, workspaceId } = yield* newMember({})
        const own = Option.getOrThrow(yield* (yield* Workspaces).find(workspaceId))
        const server = { name: "shop", transport: { type: "http", url: "https://example.com/mcp" } } as const
        yield* (yield* Agents).update(workspaceId, own.defaultAgentId, (agent) =>
          changeAgent(agent, { instructions: "Be kind.", toolServers: [server] })
        )
        const toolsOf = Effect.gen(function* () {
          yield* acceptTurn(command(workspaceId))
          const { runnable } = yield* acceptTurn(command(workspaceId, { leaseMs: LONG_MS }))
          const [claimed] = yield* claimIn(workspaceId)
          assert.strictEqual(claimed?.agent.settings?.instructions, "Be kind.")
          return [runnable, claimed].map((turn) => turn?.agent.settings?.toolServers?.length ?? 0)
        })
        assert.deepStrictEqual(yield* toolsOf, [1, 1])
        yield* change({ features: { functions: false } })
        assert.deepStrictEqual(yield* toolsOf, [0, 0])
        yield* change({ features: { functions: true } })
        assert.deepStrictEqual(yield* toolsOf, [1, 1])
      })
    )
  })
