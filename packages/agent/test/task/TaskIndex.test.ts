import type { Task } from "@butler/domain"
import { TextAnalyzer } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TextAnalyzerSnowball } from "../../src/index.ts"
import { buildTaskIndex } from "../../src/task/TaskIndex.ts"

const task = (name: string, ...examples: ReadonlyArray<string>): Task => ({ name, description: "", examples })

const shop = [
  task("track_order", "where is my parcel", "track my order", "has my order been shipped", "包裹到哪了", "查一下物流"),
  task("refund", "I want my money back", "please refund my order", "refund me", "我要退款", "把钱退给我"),
  task("opening_hours", "when are you open", "are you open on Sunday", "opening hours", "几点开门", "周日营业吗"),
  task("change_address", "I moved", "change my delivery address", "wrong address", "改收货地址", "地址填错了")
]

const indexOf = (tasks: ReadonlyArray<Task>) =>
  Effect.flatMap(TextAnalyzer, (analyzer) =>
    Effect.map(buildTaskIndex(tasks, analyzer), ({ bestFit, threshold }) => ({
      threshold,
      choose: (query: string) => {
        const fit = bestFit(query, analyzer.detectLanguage(query))
        return fit !== null && fit.score >= threshold ? fit.task.name : null
      },
      scoreOf: (query: string) => bestFit(query, analyzer.detectLanguage(query))?.score
    }))
  ).pipe(Effect.provide(TextAnalyzerSnowball))

describe("buildTaskIndex", () => {
  it.effect("finds the task of questions that no example asks, in each language of the examples", () =>
    Effect.gen(function* () {
      const { choose } = yield* indexOf(shop)
      for (const [query, expected] of [
        ["could you please tell me where my parcels are?", "track_order"],
        ["I'd like a refund for this order", "refund"],
        ["is the shop open on Sundays", "opening_hours"],
        ["the delivery address is wrong", "change_address"],
        ["我的包裹现在到哪里了", "track_order"],
        ["这个订单我想退款", "refund"],
        ["能帮我改一下地址吗", "change_address"]
      ] as const)
        assert.strictEqual(choose(query), expected, query)
    })
  )

  it.effect("refuses what fits no task, also what has nothing to be read in", () =>
    Effect.gen(function* () {
      const { choose } = yield* indexOf(shop)
      for (const query of ["who won the football match", "今天天气怎么样", "😀", "", "-- ??", "x".repeat(50_000)])
        assert.isNull(choose(query), query.slice(0, 20))
    })
  )

  it.effect("an example itself fits better than all else, and the index comes out the same each time", () =>
    Effect.gen(function* () {
      const [first, second] = [yield* indexOf(shop), yield* indexOf(shop)]
      assert.isAtLeast(first.scoreOf("please refund my order") ?? 0, 0.7)
      for (const query of ["refund", "when will my order be here", "open"])
        assert.strictEqual(first.scoreOf(query), second.scoreOf(query))
      assert.strictEqual(first.threshold, second.threshold)
    })
  )

  it.effect("a task without examples is found by its name and description; without tasks there is none to find", () =>
    Effect.gen(function* () {
      const named = {
        name: "bookRepair",
        description: "A broken device is to be mended by a technician.",
        examples: []
      }
      const { choose } = yield* indexOf([...shop, named])
      assert.strictEqual(choose("I want to book a repair"), "bookRepair")
      assert.isNull((yield* indexOf([])).choose("refund"))
      assert.strictEqual((yield* indexOf([named])).choose("can a technician repair my broken device"), "bookRepair")
    })
  )

  it.effect(
    "with a single task, or two of three examples each, refuses what is about something else in the same words",
    () =>
      Effect.gen(function* () {
        const refund = task("refund", "I want my money back", "can you refund my order", "how do I get a refund")
        const track = task(
          "track_order",
          "where is my parcel",
          "track my order please",
          "has my package been shipped yet"
        )
        for (const tasks of [[refund], [refund, track]]) {
          const { choose } = yield* indexOf(tasks)
          for (const query of [
            "can you tell me a joke",
            "how do I get to the airport",
            "I want a pizza",
            "how do I reset my password",
            "hello",
            "thanks",
            "今天天气怎么样"
          ])
            assert.isNull(choose(query), query)
          for (const query of [
            "refund please",
            "can I get my money back?",
            "I would like a refund for this",
            "I want my mony back"
          ])
            assert.strictEqual(choose(query), "refund", query)
        }
        const { choose } = yield* indexOf([task("退款", "我要退款", "怎么申请退款", "把钱退给我")])
        for (const query of ["退款", "想退款"]) assert.strictEqual(choose(query), "退款", query)
        for (const query of ["今天天气怎么样", "怎么办理会员", "我要投诉", "你好"]) assert.isNull(choose(query), query)
      })
  )

  it.effect("learns from many examples how well a question must fit", () =>
    Effect.gen(function* () {
      const things = [
        "router",
        "invoice",
        "voicemail",
        "roaming",
        "technician",
        "screen",
        "insurance",
        "password",
        "contract",
        "number",
        "parcel",
        "shop"
      ]
      const ways = ["my X is wrong", "help with the X", "change my X", "question about an X", "the X again", "X please"]
      const tasks = things.map((thing) => task(thing, ...ways.map((way) => way.replace("X", thing))))
      const { choose, threshold } = yield* indexOf(tasks)
      assert.notStrictEqual(threshold, (yield* indexOf(shop)).threshold)
      for (const thing of things) assert.strictEqual(choose(`I have a problem with my ${thing}s`), thing)
      for (const query of ["my dog is ill", "who won the match", "你好"]) assert.isNull(choose(query), query)
    })
  )

  it.effect(
    "of examples that are much alike it learns to ask for more, yet not that people ask in the same words",
    () =>
      Effect.gen(function* () {
        const ways = [
          "X the Y please",
          "please X the Y",
          "X the Y now",
          "X the Y for me",
          "could you X the Y",
          "X the Y today"
        ]
        const tasks = ["router", "invoice", "insurance", "password"].flatMap((thing) =>
          ["cancel", "change", "find", "replace"].map((act) =>
            task(`${act} ${thing}`, ...ways.map((way) => way.replace("X", act).replace("Y", thing)))
          )
        )
        const { choose } = yield* indexOf(tasks)
        for (const [query, expected] of [
          ["I would like to cancel the insurance that I took out last year", "cancel insurance"],
          ["the router is to be replaced since it broke twice", "replace router"]
        ] as const)
          assert.strictEqual(choose(query), expected, query)
        for (const query of [
          "the insurance broke yesterday and I am furious",
          "who do I talk to about a router that never came"
        ])
          assert.isNull(choose(query), query)
      })
  )
})
