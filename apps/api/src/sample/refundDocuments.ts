import { ChunkId, type DocumentContent, DocumentId } from "@butler/domain"

/** A document of the sample knowledge base; fixed ids, so that adding it again changes nothing. */
export interface SampleDocument {
  readonly id: DocumentId
  readonly name: string
  readonly lang: string
  readonly content: DocumentContent
  readonly chunkIds?: ReadonlyArray<ChunkId>
}

const policyZh: SampleDocument = {
  id: DocumentId.make("doc_refund_policy_v1"),
  name: "退款政策说明",
  lang: "zh",
  chunkIds: [ChunkId.make("chunk_refund_001")],
  content: { kind: "text", text: "用户在订单支付完成后7天内可申请退款,退款将原路返回,处理时间为3-5个工作日。" }
}

const questionsZh: SampleDocument = {
  id: DocumentId.make("doc_refund_faq_zh"),
  name: "退款常见问题",
  lang: "zh",
  content: {
    kind: "pairs",
    pairs: [
      {
        question: "我想申请订单退款,可以帮我看下退款流程吗?",
        answer:
          "您好~如果您需要申请退款,只要在订单支付完成后的7天内提交申请即可。退款会原路返回,一般会在3-5个工作日内完成处理。如需我帮您发起退款,也可以直接告诉我订单号。"
      },
      {
        question: "退款多久可以到账?",
        answer: "退款审核通过后会原路返回,一般在3-5个工作日内到账,具体时间以支付渠道为准。"
      },
      {
        question: "超过7天还可以退款吗?",
        answer:
          "订单支付完成超过7天后不再支持无理由退款。如果商品存在质量问题,请联系人工客服并提供订单号和照片,我们会为您单独处理。"
      },
      {
        question: "可以只退一部分商品吗?",
        answer: "可以。申请退款时选择需要退回的商品即可,退款金额按所选商品的实付金额计算,优惠金额会按比例分摊。"
      }
    ]
  }
}

const policyEn: SampleDocument = {
  id: DocumentId.make("doc_refund_policy_en"),
  name: "Refund policy",
  lang: "en",
  content: {
    kind: "text",
    text: [
      "You can request a refund within 7 days after the order is paid. The money goes back to the original payment method within 3 to 5 working days.",
      "After 7 days a refund is possible only when the goods are damaged or not as described; send the order number and a photo to support.",
      "Shipping fees are refunded when the whole order is returned. Gift cards and personalised goods cannot be refunded."
    ].join("\n\n")
  }
}

const questionsEn: SampleDocument = {
  id: DocumentId.make("doc_refund_faq_en"),
  name: "Refund questions",
  lang: "en",
  content: {
    kind: "pairs",
    pairs: [
      {
        question: "How do I get a refund for my order?",
        answer:
          "Request it within 7 days after you paid for the order. The money goes back the way you paid, usually within 3 to 5 working days. Tell me your order number if I should start the refund for you."
      },
      {
        question: "How long does a refund take?",
        answer: "A refund goes back to your original payment method within 3 to 5 working days after it is approved."
      },
      {
        question: "Can I return only some of the items?",
        answer: "Yes. Choose the items to return when you request the refund; you get back what you paid for them."
      }
    ]
  }
}

/** A small refund policy, in Chinese and in English, as text and as questions with their answers. */
export const refundDocuments: ReadonlyArray<SampleDocument> = [policyZh, questionsZh, policyEn, questionsEn]
