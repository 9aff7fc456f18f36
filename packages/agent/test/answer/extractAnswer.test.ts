import { assert, layer } from "@effect/vitest"
import { Ids, ingestDocument, KnowledgeMemory, searchKnowledge, TextAnalyzer, WorkspaceId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { extractAnswer } from "../../src/answer/extractAnswer.ts"
import { TextAnalyzerSnowball } from "../../src/text/TextAnalyzerSnowball.ts"
import { shop } from "./samples.ts"

const workspaceId = WorkspaceId.make("00000000-0000-4000-8000-000000000001")
const empty = WorkspaceId.make("00000000-0000-4000-8000-000000000002")

const ask = Effect.fnUntraced(function* (query: string, workspace = workspaceId) {
  const language = (yield* TextAnalyzer).detectLanguage(query)
  const matches = yield* searchKnowledge({ workspaceId: workspace, query, language, limit: 8 })
  return extractAnswer({ query, language, matches, agentName: "Butler" })
})

/** All four languages in one knowledge base, as one business would have them. */
const filled = Layer.effectDiscard(
  Effect.forEach(Object.values(shop).flat(), (document) => ingestDocument({ workspaceId, ...document }))
).pipe(Layer.provideMerge(Layer.mergeAll(KnowledgeMemory, TextAnalyzerSnowball, Ids.layer(1))))

const answered: ReadonlyArray<readonly [query: string, part: string]> = [
  ["我想申请订单退款,订单号是 202602050001,可以帮我看下流程吗?", "7天内可申请退款"],
  ["怎么退款", "退款将原路返回"],
  ["退款多久到账?", "3-5个工作日"],
  ["可以退吗", "7天内可申请退款"],
  ["多久能发货", "48小时内发货"],
  ["运费多少钱", "不满99元收取运费8元"],
  ["可以寄到台湾吗", "台湾地区"],
  ["密码忘了怎么改", "点击修改密码"],
  ["我想注销我的账号", "注销后数据无法恢复"],
  ["How can I get my money refunded?", "within 30 days"],
  ["I want a refund for order 202602050001", "within 30 days"],
  ["refund", "within 30 days"],
  ["Do you ship to Canada?", "Canada"],
  ["does the warranty cover water damage?", "Water damage is not covered."],
  ["I forgot my password", "Forgot password"],
  ["how to close my account", "privacy@example.com"],
  ["change my plan", "Billing > Plan"],
  ["ขอคืนเงินได้ไหม", "ขอคืนเงินได้ภายใน 7 วัน"],
  ["ค่าส่งเท่าไหร่", "50 บาท"],
  ["ลืมรหัสผ่าน", "กดปุ่มลืมรหัสผ่าน"],
  ["Хочу вернуть товар, заказ 202602050001", "14 дней"],
  ["Сколько стоит доставка?", "300 рублей"],
  ["забыл пароль", "Сменить пароль"]
]

const refused: ReadonlyArray<readonly [query: string, part: string]> = [
  ["今天天气怎么样", "人工客服"],
  ["你们支持微信支付吗", "人工客服"],
  ["怎么开发票", "人工客服"],
  ["附近的门店在哪里", "人工客服"],
  ["谁是美国总统", "人工客服"],
  ["What is the weather today?", "person"],
  ["Do you accept bitcoin?", "person"],
  ["Where is your office located?", "person"],
  ["Who is the president of France?", "person"],
  ["วันนี้อากาศเป็นอย่างไร", "เจ้าหน้าที่"],
  ["Какая сегодня погода?", "сотрудником"],
  ["Wo ist euer Büro?", "Person"],
  ["202602050001", "person"],
  ["？？？", "person"]
]

layer(filled)("extractAnswer", (it) => {
  it.effect.each(answered)("answers %s", ([query, part]) =>
    Effect.gen(function* () {
      const answer = yield* ask(query)
      assert.strictEqual(answer._tag, "Grounded", query)
      assert.include(answer.text, part)
      if (answer._tag !== "Grounded") return
      assert.isAtLeast(answer.chunks.length, 1)
      assert.isTrue(answer.confidence > 0 && answer.confidence <= 1)
    })
  )

  it.effect.each(refused)("refuses %s", ([query, part]) =>
    Effect.gen(function* () {
      const answer = yield* ask(query)
      assert.strictEqual(answer._tag, "NothingFound", answer.text)
      assert.include(answer.text, part)
    })
  )

  it.effect("gives a pair's answer verbatim and names its chunk alone", () =>
    Effect.gen(function* () {
      const answer = yield* ask("How do I reset my password?")
      assert.strictEqual(answer.text, 'Click "Forgot password" on the sign-in page and follow the e-mail we send you.')
      assert.deepStrictEqual(answer._tag === "Grounded" && answer.chunks.map(({ documentName }) => documentName), [
        "Account FAQ"
      ])
    })
  )

  it.effect("leaves headings out of the answer", () =>
    Effect.gen(function* () {
      assert.notInclude((yield* ask("运费多少钱")).text, "#")
    })
  )

  it.effect("finds nothing in an empty workspace", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* ask("refund", empty))._tag, "NothingFound")
    })
  )

  it.effect.each([
    ["你好", "您好，我是Butler"],
    ["Hello!", "Hello, I'm Butler"],
    ["Привет", "Здравствуйте, это Butler"],
    ["สวัสดีครับ", "Butler"]
  ] as const)("returns the greeting %s", ([query, part]) =>
    Effect.gen(function* () {
      const answer = yield* ask(query)
      assert.strictEqual(answer._tag, "Greeting")
      assert.include(answer.text, part)
    })
  )

  it.effect("takes one to three sentences of a long passage, none twice", () =>
    Effect.gen(function* () {
      const fillers = Array.from({ length: 60 }, (_, index) => `Paragraph ${index} is about the history of our firm.`)
      const facts = ["The warehouse closes at six.", "Pallets weigh up to 900 kilograms."]
      const body = [...fillers.slice(0, 23), facts[0], ...fillers.slice(23, 40), facts[1], ...fillers.slice(40)].join(
        " "
      )
      const long = WorkspaceId.make("00000000-0000-4000-8000-000000000003")
      yield* ingestDocument({ workspaceId: long, name: "Firm", content: { kind: "text", text: body } })
      const answer = yield* ask("when does the warehouse close?", long)
      assert.include(answer.text, "The warehouse closes at six.")
      assert.strictEqual(answer.text.split("The warehouse closes").length, 2)
      assert.isAtMost(answer.text.split(". ").length, 3)
    })
  )
})
