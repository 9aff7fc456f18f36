import type { IngestCommand } from "@butler/domain"

type Sample = Omit<IngestCommand, "workspaceId">

const text = (name: string, words: string): Sample => ({ name, content: { kind: "text", text: words } })

const pairs = (name: string, ...all: ReadonlyArray<readonly [question: string, answer: string]>): Sample => ({
  name,
  content: { kind: "pairs", pairs: all.map(([question, answer]) => ({ question, answer })) }
})

/** What a small shop would write down, in four languages. */
export const shop: Readonly<Record<"zh" | "en" | "th" | "ru", ReadonlyArray<Sample>>> = {
  zh: [
    text("退款政策说明", "用户在订单支付完成后7天内可申请退款,退款将原路返回,处理时间为3-5个工作日。"),
    text(
      "配送说明.md",
      "# 配送\n\n订单付款后48小时内发货。普通快递一般2-4天送达,偏远地区需要5-7天。\n\n## 运费\n\n满99元包邮,不满99元收取运费8元。\n\n" +
        "## 国际配送\n\n目前支持香港、澳门和台湾地区,暂不支持其他海外国家。"
    ),
    pairs(
      "账号常见问题",
      ["如何修改密码?", "请在“设置-账号安全”里点击修改密码,按提示完成短信验证即可。"],
      ["怎么注销账号?", "请联系人工客服申请注销,注销后数据无法恢复。"],
      ["会员有什么权益?", "会员享受全场95折、专属客服和生日礼券。"]
    )
  ],
  en: [
    text(
      "Refund policy",
      "You can request a refund within 30 days of purchase. Refunds go back to the original payment method and take 5 to 10 " +
        "business days. Digital goods cannot be refunded once downloaded."
    ),
    text(
      "Shipping.md",
      "# Shipping\n\nOrders ship within two business days. Standard delivery takes 3-5 days and costs $4.99; it is free over $50.\n\n" +
        "## International\n\nWe deliver to Canada, Mexico and the EU. Customs duties are paid by the recipient.\n\n# Warranty\n\n" +
        "All devices carry a two-year warranty against manufacturing defects. Water damage is not covered."
    ),
    pairs(
      "Account FAQ",
      ["How do I reset my password?", 'Click "Forgot password" on the sign-in page and follow the e-mail we send you.'],
      ["Can I change my subscription plan?", "Yes, under Billing > Plan, at any time; the price is prorated."],
      ["How do I delete my account?", "Write to privacy@example.com; we erase everything within 14 days."]
    )
  ],
  th: [
    text("นโยบายการคืนเงิน", "ลูกค้าสามารถขอคืนเงินได้ภายใน 7 วันหลังจากชำระเงิน เงินจะถูกคืนผ่านช่องทางเดิมภายใน 3-5 วันทำการ"),
    text("การจัดส่ง", "เราจัดส่งสินค้าภายใน 2 วันทำการ ค่าจัดส่ง 50 บาท และส่งฟรีเมื่อสั่งซื้อครบ 500 บาท"),
    pairs("คำถามที่พบบ่อย", ["ลืมรหัสผ่านต้องทำอย่างไร", "กดปุ่มลืมรหัสผ่านในหน้าเข้าสู่ระบบแล้วทำตามอีเมลที่ได้รับ"])
  ],
  ru: [
    text(
      "Политика возврата",
      "Вернуть товар можно в течение 14 дней после покупки. Деньги возвращаются на ту же карту за 3–5 рабочих дней."
    ),
    text(
      "Доставка",
      "Доставка по Москве занимает один-два дня и стоит 300 рублей. При заказе от 5000 рублей доставка бесплатная. В регионы доставляем почтой за 5–10 дней."
    ),
    pairs("Вопросы об аккаунте", [
      "Как сменить пароль?",
      "Откройте настройки, раздел «Безопасность», и нажмите «Сменить пароль»."
    ])
  ]
}
