import { Clock, Context, Effect, Layer, Random } from "effect"
import type { DialogSeed } from "../dialog/Dialog.ts"
import { AgentId, ContactId, Cuid, DialogId, MemoryId, MessageId, TurnId, WorkspaceId } from "./brands.ts"
import { makeSnowflake } from "./snowflake.ts"

const LETTERS = "abcdefghijklmnopqrstuvwxyz"
const BASE36 = `0123456789${LETTERS}`

type RandomSource = { readonly nextDoubleUnsafe: () => number }
type RandomText = (random: RandomSource) => string

const text =
  (alphabet: string, length: number): RandomText =>
  (random) => {
    let result = ""
    while (result.length < length) result += alphabet.charAt(Math.floor(random.nextDoubleUnsafe() * alphabet.length))
    return result
  }

const hex = text("0123456789abcdef", 30)
const letter = text(LETTERS, 1)
const base36 = text(BASE36, 23)

/** Version 4. */
const uuid: RandomText = (random) => {
  const h = hex(random)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(12, 15)}-8${h.slice(15, 18)}-${h.slice(18, 30)}`
}

const cuid = (random: RandomSource) => Cuid.make(letter(random) + base36(random))

/** For a conversation that begins in a dialog that is there already. */
export const conversationId: Effect.Effect<Cuid> = Effect.map(Random.Random, cuid)

/** UTC `yyyyMMddHHmmss`. */
const stamp = (millis: number) => new Date(millis).toISOString().replace(/\D/g, "").slice(0, 14)

const dialogSeed: Effect.Effect<DialogSeed> = Effect.gen(function* () {
  const now = yield* Clock.currentTimeMillis
  const random = yield* Random.Random
  return {
    id: DialogId.make(`dlg_${stamp(now)}_${base36(random).slice(0, 16)}`),
    channelId: cuid(random),
    sessionId: cuid(random),
    conversationId: cuid(random)
  }
})

/**
 * Makes the ids of everything (contract 1.2). Ids are unique, not secret. `node` keeps the snowflakes of processes that
 * run at the same time apart (0–1023); a primary key stands behind it.
 */
export class Ids extends Context.Service<
  Ids,
  {
    readonly snowflake: Effect.Effect<string>
    readonly contactId: Effect.Effect<ContactId>
    readonly messageId: Effect.Effect<MessageId>
    readonly turnId: Effect.Effect<TurnId>
    readonly agentId: Effect.Effect<AgentId>
    readonly memoryId: Effect.Effect<MemoryId>
    readonly dialogSeed: Effect.Effect<DialogSeed>
    readonly workspaceId: Effect.Effect<WorkspaceId>
  }
>()("@butler/domain/Ids") {
  static readonly layer = (node: number) =>
    Layer.sync(Ids, () => {
      const next = makeSnowflake(node)
      const snowflake = Effect.map(Clock.currentTimeMillis, next)
      return Ids.of({
        snowflake,
        contactId: Effect.map(snowflake, (id) => ContactId.make(id)),
        messageId: Effect.map(snowflake, (id) => MessageId.make(id)),
        turnId: Effect.map(snowflake, (id) => TurnId.make(id)),
        agentId: Effect.map(snowflake, (id) => AgentId.make(id)),
        memoryId: Effect.map(snowflake, (id) => MemoryId.make(id)),
        dialogSeed,
        workspaceId: Effect.map(Random.Random, (random) => WorkspaceId.make(uuid(random)))
      })
    })
}
