import { TurnFailure } from "@butler/domain"
import { Schema, Struct } from "effect"
import { CompletionHeaders } from "../butler/CompletionHeaders.ts"
import { AgentLogResource, ReplyMessage, TurnStatusResource } from "../butler/CompletionResponse.ts"
import { decoder } from "../fields/decoder.ts"
import { turnId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"

const milliseconds = (description: string) =>
  Schema.NullOr(Schema.Finite).annotate({ description: `${description}; null while unknown.` })

/** One query accepted for a dialog and all that followed from it. */
export const TurnResource = Schema.Struct({
  id: Schema.String,
  dialogId: Schema.String,
  contactId: Schema.String,
  agent: Schema.Struct({
    id: Schema.String,
    version: Schema.NullOr(Schema.Int).annotate({
      description:
        "The published version that answers; null for a draft, and for turns from before versions were counted."
    }),
    draft: Schema.Boolean
  }).annotate({ description: "Who answers." }),
  sequence: Schema.NullOr(Schema.Int).annotate({
    description:
      "Its place among the dialog's turns, gapless from 1; null when another turn answers for it (coalesced), or nobody but a person will."
  }),
  status: TurnStatusResource,
  query: Schema.String,
  messages: Schema.Array(ReplyMessage),
  agentLogs: Schema.Array(AgentLogResource),
  error: Schema.NullOr(TurnFailure.annotate({ identifier: "TurnFailure" })).annotate({
    description: "Why it failed; null unless `status` is `failed`."
  }),
  steps: Schema.Array(
    Schema.Struct({
      name: Schema.String.annotate({
        description: "`recall`, `task`, `knowledge`, `history`, `model`, `tool`, `guard`, `answer`; open to more."
      }),
      startedAt: IsoTime,
      durationMs: Schema.Finite,
      outcome: Schema.Literals(["ok", "failed"]),
      tokens: Schema.optionalKey(
        Schema.Struct({
          input: Schema.NullOr(Schema.Finite),
          output: Schema.NullOr(Schema.Finite),
          estimated: Schema.optionalKey(Schema.Literal(true)).annotate({
            description: "The model did not count them, or was cut short."
          })
        }).annotate({ description: "Of a model's call, as the model counted them." })
      ),
      model: Schema.optionalKey(Schema.String).annotate({ description: "The model that was asked." }),
      cost: Schema.optionalKey(Schema.Finite).annotate({
        description: "Of a model's call, by the prices in the agent's settings; absent where these are not known."
      }),
      detail: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown)).annotate({
        description:
          "What there is to see of the step: the chunks found with their scores, the task with its score, memories, a tool's arguments and result (the first 2,000 characters of each), what a guard rejected."
      })
    }).annotate({ identifier: "TurnStep" })
  ),
  timings: Schema.Struct({
    queuedMs: milliseconds("From acceptance to the start"),
    runMs: milliseconds("From the start to the end"),
    totalMs: milliseconds("From acceptance to the end")
  }),
  attempts: Schema.Int.annotate({ description: "How often it was started: more than once after a crash." }),
  answeredBy: Schema.NullOr(Schema.String).annotate({
    description: "With `coalesced`: the turn whose answer stands for this one."
  }),
  createdAt: IsoTime,
  startedAt: Schema.NullOr(IsoTime),
  finishedAt: Schema.NullOr(IsoTime)
}).annotate({ identifier: "Turn", description: "One query accepted for a dialog and all that followed from it." })
export type TurnResource = typeof TurnResource.Type

export const TurnParams = Schema.Struct({ turnId })
export const decodeTurnParams = decoder(TurnParams)

export const TurnEventsHeaders = Schema.Struct(CompletionHeaders.fields).mapFields(
  Struct.pick(["last-event-id", "accept-language"])
)
export const decodeTurnEventsHeaders = decoder(TurnEventsHeaders)
