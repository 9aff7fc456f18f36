import { seeded } from "./random.ts"

/** A document as it is posted, with a question that it answers. */
export interface SampleDocument {
  readonly body:
    | { readonly name: string; readonly text: string }
    | { readonly name: string; readonly pairs: ReadonlyArray<{ readonly question: string; readonly answer: string }> }
  readonly question: string
}

interface Topic {
  readonly name: string
  readonly question: string
  readonly sentences: ReadonlyArray<string>
}

interface Language {
  readonly products: ReadonlyArray<string>
  readonly topics: ReadonlyArray<Topic>
  readonly join: string
}

/** `@` stands for the product, `#` for a number. */
const ENGLISH: Language = {
  join: " ",
  products: [
    "Aurora lamp",
    "Breeze fan",
    "Cedar desk",
    "Delta router",
    "Ember kettle",
    "Fjord jacket",
    "Glide scooter",
    "Harbor tent",
    "Iris camera",
    "Juniper watch"
  ],
  topics: [
    {
      name: "delivery",
      question: "How many days does the delivery of my @ take?",
      sentences: [
        "The @ is delivered within # working days.",
        "Express delivery of the @ arrives after # days and costs extra.",
        "You receive a tracking number by e-mail as soon as the parcel leaves our warehouse.",
        "Orders placed before # o'clock are packed on the same day."
      ]
    },
    {
      name: "returns and refunds",
      question: "Can I return the @ and get my money back?",
      sentences: [
        "You can return the @ within # days of its arrival.",
        "A refund is paid to the original payment method within # working days.",
        "Please keep the packaging, because a damaged box lowers the amount we can refund.",
        "Return labels are printed in your account under orders."
      ]
    },
    {
      name: "warranty",
      question: "What does the warranty of the @ cover?",
      sentences: [
        "The warranty of the @ covers defects of material for # months.",
        "Damage by water or by a fall is repaired at a fixed price of # euros.",
        "A repair takes about # days from the moment we hold the device.",
        "Please have the serial number at hand, which is printed on the bottom."
      ]
    },
    {
      name: "setup",
      question: "How do I set up the @ for the first time?",
      sentences: [
        "Charge the @ for # minutes before its first use.",
        "Hold the power button for # seconds until the light turns green.",
        "The app finds the device when Bluetooth is switched on and it is not farther away than # metres.",
        "If nothing happens, reset it with a pin and start again."
      ]
    },
    {
      name: "invoices and payment",
      question: "How can I pay for the @ in instalments?",
      sentences: [
        "The @ can be paid in # monthly instalments without interest.",
        "We accept credit cards, bank transfer and cash on delivery.",
        "Invoices are sent as PDF # hours after the payment arrived.",
        "A company can change the address on its invoice for # days."
      ]
    }
  ]
}

const CHINESE: Language = {
  join: "",
  products: [
    "极光台灯",
    "微风电扇",
    "雪松书桌",
    "三角路由器",
    "余烬水壶",
    "峡湾外套",
    "滑翔滑板车",
    "港湾帐篷",
    "鸢尾相机",
    "杜松手表"
  ],
  topics: [
    {
      name: "配送说明",
      question: "@的配送需要多少天?",
      sentences: [
        "@会在#个工作日内送达。",
        "选择加急配送的@会在#天后到达,需要另付运费。",
        "包裹离开仓库后,我们会通过短信发送物流单号。",
        "每天#点之前支付的订单当天打包。"
      ]
    },
    {
      name: "退款政策说明",
      question: "@可以退货并申请退款吗?",
      sentences: [
        "@在签收后#天内可申请退款。",
        "退款将原路返回,处理时间为#个工作日。",
        "请保留原包装,包装破损会影响退款金额。",
        "退货单可以在我的订单页面打印。"
      ]
    },
    {
      name: "保修范围",
      question: "@的保修包括哪些问题?",
      sentences: [
        "@的材料缺陷保修期为#个月。",
        "进水或摔落造成的损坏按#元固定价格维修。",
        "我们收到设备后,维修大约需要#天。",
        "请准备好印在底部的序列号。"
      ]
    },
    {
      name: "首次使用",
      question: "第一次使用@应该怎么设置?",
      sentences: [
        "首次使用前请给@充电#分钟。",
        "按住电源键#秒,直到指示灯变成绿色。",
        "打开蓝牙后,应用会在#米范围内找到设备。",
        "如果没有反应,请用针重置后再试一次。"
      ]
    },
    {
      name: "发票与支付",
      question: "购买@可以分期付款吗?",
      sentences: [
        "@支持#期免息分期付款。",
        "我们支持信用卡、银行转账和货到付款。",
        "付款到账#小时后,电子发票会发送到邮箱。",
        "企业客户可以在#天内修改发票抬头。"
      ]
    }
  ]
}

const documentOf = ({ join }: Language, topic: Topic, product: string, asPairs: boolean, random: () => number) => {
  const written = topic.sentences.map((sentence) =>
    sentence.replace("@", product).replace("#", String(2 + Math.floor(random() * 28)))
  )
  const question = topic.question.replace("@", product)
  const name = `${product} ${topic.name}`
  const [first = "", ...others] = written
  const pairs = [
    { question, answer: written.slice(0, 2).join(join) },
    { question: `${name}?`, answer: `${others.join(join)}${join}${first}` }
  ]
  return { body: asPairs ? { name, pairs } : { name, text: written.join(join) }, question } satisfies SampleDocument
}

/** A hundred short documents, half English and half Chinese, half running text and half questions with answers. */
export const sampleDocuments = (): ReadonlyArray<SampleDocument> => {
  const random = seeded(20_240_601)
  return [ENGLISH, CHINESE].flatMap((language) =>
    language.products.flatMap((product, place) =>
      language.topics.map((topic, other) => documentOf(language, topic, product, (place + other) % 2 === 0, random))
    )
  )
}
