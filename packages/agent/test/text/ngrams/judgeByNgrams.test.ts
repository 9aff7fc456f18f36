import { assert, describe, it } from "@effect/vitest"
import { eld } from "eld/extrasmall"
import { judgeByNgrams } from "../../../src/text/ngrams/judgeByNgrams.ts"

const texts = [
  "How do I get my money back?",
  "I don't know where the driver's parcel is, and 'tracking' says nothing",
  "Wie lange dauert die Lieferung nach Österreich?",
  "Où est ma commande d'hier, s'il vous plaît ?",
  "¿Cuánto tarda la devolución de mi pedido?",
  "Nie mogę się zalogować na swoje konto",
  "Siparişim nerede, iptal etmek istiyorum",
  "Chính sách hoàn tiền của cửa hàng là gì?",
  "Как вернуть деньги за заказ?",
  "Як повернути гроші за замовлення?",
  "Как да върна поръчката си?",
  "سياسة الاسترجاع والاستبدال",
  "سیاست بازگشت کالا چیست؟",
  "πολιτική επιστροφών χρημάτων",
  "מדיניות החזרות",
  "मुझे अपना पैसा वापस कब मिलेगा?",
  "refund",
  "ok",
  "bağ",
  "l'hôtel",
  "''' ` ’",
  "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenhersteller".repeat(2),
  "Kundenservice und Rücksendung ".repeat(20),
  "12345 😀 --",
  ""
]

describe("judgeByNgrams", () => {
  it.each(texts)("judges %j as eld does", (text) => {
    const expected = eld.detect(text)
    const scores = expected.getScores()
    const found = judgeByNgrams(text)
    assert.strictEqual(found.language, expected.language)
    assert.strictEqual(found.reliable, expected.isReliable())
    for (const [language, score] of Object.entries(scores)) assert.closeTo(found.scoreOf(language), score, 1e-12)
  })
})
