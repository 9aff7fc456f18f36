import { assert, describe, it } from "@effect/vitest"
import { detectLanguage } from "../../src/text/detectLanguage.ts"

const cases: ReadonlyArray<readonly [text: string, code: string, name: string, certain: boolean]> = [
  ["我想申请订单退款,订单号是 202602050001,可以帮我看下流程吗?", "zh", "中文", true],
  ["退款", "zh", "中文", true],
  ["iPhone 15 退款", "zh", "中文", true],
  ["我的 MacBook Pro M3 退款", "zh", "中文", true],
  ["How do I get my money back?", "en", "English", true],
  ["what is 退款", "en", "English", true],
  ["refund policy", "en", "English", true],
  ["refund", "en", "English", false],
  ["password reset", "en", "English", false],
  ["ขอคืนเงิน", "th", "ไทย", true],
  ["Как вернуть деньги за заказ?", "ru", "Русский", true],
  ["возврат", "ru", "Русский", false],
  ["Як повернути гроші за замовлення?", "uk", "Українська", true],
  ["Wie lange dauert die Lieferung?", "de", "Deutsch", true],
  ["annuler ma commande", "fr", "Français", true],
  ["política de reembolso", "es", "Español", true],
  ["siparişim nerede", "tr", "Türkçe", true],
  ["chính sách hoàn tiền", "vi", "Tiếng Việt", true],
  ["返金したい", "ja", "日本語", true],
  ["환불하고 싶어요", "ko", "한국어", true],
  ["سياسة الاسترجاع", "ar", "العربية", true],
  ["بازپرداخت چقدر طول می‌کشد؟", "fa", "فارسی", true],
  ["میرا آرڈر کہاں ہے؟", "ur", "اردو", true],
  ["πολιτική επιστροφών χρημάτων", "el", "Ελληνικά", true]
]

describe("detectLanguage", () => {
  it.each(cases)("%s", (text, code, name, certain) => {
    assert.deepStrictEqual(detectLanguage(text), { code, name, certain })
  })

  it.each([
    ["hello?", "en"],
    ["Hello", "en"],
    ["hi!", "en"],
    ["ok", "en"],
    ["okay.", "en"],
    ["thanks", "en"],
    ["refund?", "en"],
    ["hola", "es"],
    ["ciao!", "it"],
    ["merci", "fr"],
    ["Danke", "de"],
    ["olá", "pt"]
  ])("takes the single word %s for %s, uncertainly", (text, code) => {
    const detected = detectLanguage(text)
    assert.strictEqual(detected.code, code)
    assert.isFalse(detected.certain)
  })

  it.each(["你好", "你好！", "退款？", "在吗", "ok 退款"])("takes %s for Chinese", (text) => {
    assert.strictEqual(detectLanguage(text).code, "zh")
  })

  it.each(["", "   ", "???", "---", "12345", "😀", "\uD83D"])("is uncertain of %j", (text) => {
    assert.deepStrictEqual(detectLanguage(text), { code: "en", name: "English", certain: false })
  })
})
