import { decodeAgentTurn, type TurnResource } from "@butler/contracts"
import type { httpClient } from "@butler/contracts/openapi"
import type { AgentId } from "@butler/domain"
import { Effect, Schedule } from "effect"
import { randomUUID } from "node:crypto"
import type { EvalDialog } from "./EvalDialog.ts"
import { type Check, judge } from "./judge.ts"

export type Client = Effect.Success<ReturnType<typeof httpClient>>

/** Which of an agent's definitions is asked. */
export type Side = "published" | "draft"

export interface Replay {
  readonly client: Client
  readonly agentId: AgentId
  readonly side: Side
  /** How many dialogs are led at a time. */
  readonly atOnce: number
}

/** A turn that was asked, and how it fared. */
export interface Judged {
  /** The dialog's name and the turn's place in it. */
  readonly place: string
  readonly query: string
  readonly turnId: string
  readonly reply: string
  readonly checks: ReadonlyArray<Check>
}

/** As long as a server waits for a turn. */
const WAIT_MS = 300_000

/** A key's allowance counts minutes: what it refuses goes through within one or two. */
const PATIENCE = { schedule: Schedule.exponential("1 second", 1.5), times: 10 }

const ask = Effect.fnUntraced(function* (
  { agentId, client, side }: Replay,
  query: string,
  userId: string,
  dialogId?: string
) {
  const turn = { query, userId, waitMs: WAIT_MS, draft: side === "draft", ...(dialogId !== undefined && { dialogId }) }
  const payload = yield* decodeAgentTurn(turn)
  return yield* client.agents
    .askAgent({ params: { agentId }, payload })
    .pipe(Effect.retry({ ...PATIENCE, while: (refusal) => "code" in refusal && refusal.code === "rate_limited" }))
})

const replyOf = ({ messages }: TurnResource): string => messages.map(({ text }) => text).join(" ")

const lead = Effect.fnUntraced(function* (replay: Replay, dialog: EvalDialog) {
  // A contact of its own: nothing that was said in other dialogs, or in other runs, has a part in the answers.
  const userId = `eval-${yield* Effect.sync(() => randomUUID())}`
  const judged: Array<Judged> = []
  let dialogId: string | undefined
  for (const [index, expected] of dialog.turns.entries()) {
    const turn: TurnResource = yield* ask(replay, expected.query, userId, dialogId)
    dialogId = turn.dialogId
    judged.push({
      place: `${dialog.name}, ${index + 1}`,
      query: expected.query,
      turnId: turn.id,
      reply: replyOf(turn),
      checks: judge(expected, turn)
    })
  }
  return judged
})

/** Leads all dialogs, each with a new contact, and judges every answer. */
export const replay = (options: Replay, dialogs: ReadonlyArray<EvalDialog>) =>
  Effect.map(
    Effect.forEach(dialogs, (dialog) => lead(options, dialog), { concurrency: options.atOnce }),
    (judged) => judged.flat()
  )
