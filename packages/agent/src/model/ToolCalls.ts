import {
  AgentLog,
  type AgentTool,
  type ModelToolCall,
  type ToolCallOutcome,
  ToolFailed,
  TurnEffect
} from "@butler/domain"
import { Clock, Effect, Predicate, Schema, Struct } from "effect"
import type { Journal } from "../pipeline/Journal.ts"
import { BEGIN_TASK } from "../task/taskTool.ts"
import type { Kept } from "./Kept.ts"
import type { ModelLimits } from "./modelLimits.ts"
import { callFacts, canonical, clipped } from "./callFacts.ts"

/** What a call came to, as it is kept. */
const KeptCall = Schema.Struct({
  /** Of the tool, which may be gone when the turn is run again. */
  kind: Schema.Literals(["mcp", "internal"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("mcp"))),
  costMs: Schema.Finite,
  content: Schema.String,
  isError: Schema.Boolean,
  logs: Schema.Array(AgentLog),
  effects: Schema.Array(TurnEffect)
})
export type KeptCall = typeof KeptCall.Type

const refused = (content: string): ToolCallOutcome => ({ content, isError: true })

/** Kept, too: the tool may be there when the turn is run again, and the model has gone on without it. */
const notMade = (kind: AgentTool["kind"], content: string): KeptCall => ({
  kind,
  costMs: 0,
  ...refused(content),
  logs: [],
  effects: []
})

/** Butler's own tools that do nothing that a reply could speak of as done. */
const LOOKS: ReadonlySet<string> = new Set(["search_knowledge", BEGIN_TASK])

/** Whether a call that succeeded has changed something, and not only looked it up. */
const acts = ({ kind, name }: Pick<AgentTool, "kind" | "name">): boolean => kind === "mcp" || !LOOKS.has(name)

export interface ToolCallsOptions {
  readonly tools: ReadonlyArray<AgentTool>
  readonly kept: Kept
  readonly journal: Journal
  readonly limits: ModelLimits
}

/** A call that a model wants, and the tool that it is of, where there is one. */
interface WantedCall extends Pick<AgentTool, "kind" | "name"> {
  readonly input: unknown
  readonly tool: AgentTool | undefined
}

/** The calls of tools in a turn. */
export interface ToolCalls {
  /** Makes a call, unless it was made by an earlier start or there have been too many; `key` is its place in the turn. */
  readonly call: (key: string, wanted: ModelToolCall) => Effect.Effect<ToolCallOutcome>
  /** Whether more may be made. */
  readonly areLeft: () => boolean
  /** Whether one has done something. */
  readonly haveActed: () => boolean
  /** What those so far are to change when the turn is completed. */
  readonly effects: () => ReadonlyArray<TurnEffect>
}

export const makeToolCalls = ({ journal, kept, limits, tools }: ToolCallsOptions): ToolCalls => {
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  const made = new Map<string, number>()
  const effects: Array<TurnEffect> = []
  let count = 0
  let acted = false

  const make = (tool: AgentTool, input: unknown): Effect.Effect<KeptCall> =>
    Effect.gen(function* () {
      const begun = yield* Clock.currentTimeMillis
      const late = new ToolFailed({ tool: tool.name, reason: "timeout", detail: "the tool did not answer in time" })
      const {
        content,
        effects: changes = [],
        isError,
        logs = []
      } = yield* tool.call(input).pipe(
        Effect.timeoutOrElse({ duration: limits.toolMs, orElse: () => Effect.fail(late) }),
        Effect.catchTag("ToolFailed", ({ detail }) => Effect.succeed<ToolCallOutcome>(refused(detail)))
      )
      const now = yield* Clock.currentTimeMillis
      return {
        kind: tool.kind,
        costMs: now - begun,
        content: clipped(content, limits.toolResultCharacters),
        isError,
        logs: logs.map((line): AgentLog => Struct.assign(line, { timestamp: now })),
        effects: changes
      }
    })

  const outcomeOf = ({ input, kind, tool }: WantedCall): Effect.Effect<KeptCall> => {
    if (tool === undefined) return Effect.succeed(notMade(kind, "there is no tool of this name"))
    return Predicate.isObject(input)
      ? make(tool, input)
      : Effect.succeed(notMade(kind, "the arguments are not a JSON object: nothing was called"))
  }

  const recorded = Effect.fnUntraced(function* (key: string, before: KeptCall | null, wanted: WantedCall) {
    const { kind, name } = wanted
    const external = kind === "mcp"
    if (external) yield* journal.log({ type: "tool", name, costTime: 0 })
    const outcome = before ?? (yield* outcomeOf(wanted))
    if (before === null) yield* kept.keep(key, outcome)
    const { costMs: costTime, isError, logs } = outcome
    if (external) yield* journal.log({ type: "tool", name, costTime, status: isError ? "failed" : "success" })
    yield* Effect.forEach(logs, journal.log, { discard: true })
    return outcome
  })

  const call = Effect.fn("Model.callTool")(function* (key: string, { input, name }: ModelToolCall) {
    const before = kept.find(key, KeptCall)
    const tool = byName.get(name)
    const kind = before?.kind ?? tool?.kind ?? "internal"
    if (count >= limits.toolCalls) return refused("no more tools can be called in this turn: answer with what you have")
    const fingerprint = `${name} ${canonical(input)}`
    const times = made.get(fingerprint) ?? 0
    if (times >= limits.identicalToolCalls) return refused("this very call was made before: use what it came to")
    count += 1
    made.set(fingerprint, times + 1)
    const wanted = { input, kind, name, tool }
    const outcome = yield* journal.timed("tool", recorded(key, before, wanted), (exit) => callFacts(wanted, exit))
    if (!outcome.isError) {
      acted ||= acts(wanted)
      effects.push(...outcome.effects)
    }
    return outcome satisfies ToolCallOutcome
  })

  return { call, areLeft: () => count < limits.toolCalls, haveActed: () => acted, effects: () => effects }
}
