import { assert, describe, it } from "@effect/vitest"
import { claimWordsFor, findClaim } from "../../src/model/claims.ts"

const claims: ReadonlyArray<readonly [language: string, text: string]> = [
  ["en", "Good news: I have refunded your order."],
  ["en", "I've now forwarded your request to the team."],
  ["en", "I’m transferring you to a colleague now."],
  ["en", "Your refund has been processed."],
  ["en", "I cancelled your subscription."],
  ["zh", "我已为您退款，请留意。"],
  ["zh", "正在为您转接人工客服。"],
  ["zh", "好的，已经帮您取消订单了。"],
  ["de", "Ich habe Ihre Bestellung soeben storniert."],
  ["de", "Ich verbinde Sie mit einer Kollegin."],
  ["fr", "J'ai annulé votre commande."],
  ["fr", "Je vous transfère à un collègue."],
  ["es", "He cancelado su pedido."],
  ["es", "Le paso con un compañero."],
  ["pt", "Já cancelei o seu pedido."],
  ["it", "Ho annullato il suo ordine."],
  ["ru", "Я отменил ваш заказ."],
  ["ru", "Перевожу вас на сотрудника."],
  ["ja", "ご注文をキャンセルいたしました。"],
  ["ko", "주문을 취소해 드렸습니다."],
  ["ar", "لقد قمت بإلغاء طلبك."],
  ["tr", "Siparişinizi iptal ettim."],
  ["vi", "Tôi đã hủy đơn hàng của bạn."],
  ["th", "ได้ดำเนินการยกเลิกคำสั่งซื้อให้คุณแล้ว"],
  ["id", "Saya sudah membatalkan pesanan Anda."],
  ["fr", "I have refunded your order."]
]

const harmless: ReadonlyArray<readonly [language: string, text: string]> = [
  ["en", "Would you like me to transfer you to a person?"],
  ["en", "I can cancel the order for you."],
  ["en", "You will get an e-mail once your refund has been processed."],
  ["en", "I have not refunded anything."],
  ["en", "Refunds are processed within 7 days."],
  ["en", "I have found two orders."],
  ["zh", "需要为您转接人工客服吗？"],
  ["zh", "已退款的订单不能恢复。"],
  ["zh", "您可以在订单页面取消订单。"],
  ["zh", "我还没有为您退款。"],
  ["de", "Soll ich Sie mit einer Person verbinden?"],
  ["de", "Ich habe Ihre Bestellung nicht storniert."],
  ["fr", "Voulez-vous que je vous mette en relation avec une personne ?"],
  ["es", "¿Quiere que le ponga en contacto con una persona?"],
  ["es", "No he cancelado su pedido."],
  ["ru", "Я не отменил ваш заказ."],
  ["ja", "キャンセルをご希望ですか？"],
  ["ko", "주문을 취소하시겠습니까?"],
  ["vi", "Bạn có muốn tôi chuyển cho nhân viên hỗ trợ không?"]
]

describe("claims of deeds", () => {
  for (const [language, text] of claims) {
    it(`are found in ${text}`, () => {
      assert.isDefined(findClaim(text, claimWordsFor(language)))
    })
  }
  for (const [language, text] of harmless) {
    it(`are none in ${text}`, () => {
      assert.isUndefined(findClaim(text, claimWordsFor(language)))
    })
  }
})
