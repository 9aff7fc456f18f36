/** Letters and digits, in groups; one digit at least. */
const CODE =
  /(?<![\p{Script=Latin}\d@.])#?(?=[a-z\d_/-]*\d)[a-z\d](?:[a-z\d_/-]{1,62}[a-z\d])(?![\p{Script=Latin}\d@]|\.\p{L})/giu

/** What announces one, in the languages that customers write most. */
const CUE =
  /(?:\border(?:\s+(?:number|no|id|nr))?\b|\bpurchase\b|\bbestell\p{L}*|\bauftrag\p{L}*|\bcommande\b|\bpedido\b|\bordine\b|\bencomenda\b|\bzam[oó]wieni\p{L}*|заказ\p{L}*|замовлен\p{L}*|订单号?|訂單(?:編?號)?|单号|單號|注文(?:番号)?|주문\s*(?:번호)?|คำสั่งซื้อ|طلب)/iu

const digitsIn = (code: string): number => code.replace(/\D/gu, "").length

/** A code that is no date and no price without being announced: letters among its digits, or a hash before them. */
const isTelling = (code: string): boolean => digitsIn(code) >= 4 && (code.startsWith("#") || /[a-z]/iu.test(code))

const withoutHash = (code: string): string => code.replace(/^#/u, "")

/**
 * The number of an order in a text: what follows a word for it, else what can be nothing else. A text that is nothing but a
 * code is one.
 */
export const findOrderNumber = (text: string): string | null => {
  const cue = CUE.exec(text)
  const behind = cue === null ? "" : text.slice(cue.index + cue[0].length)
  const announced = Array.from(behind.matchAll(CODE), ([code]) => code).find((code) => digitsIn(code) >= 3)
  if (announced !== undefined) return withoutHash(announced)
  const telling = Array.from(text.matchAll(CODE), ([code]) => code).find(isTelling)
  return telling === undefined ? checkOrderNumber(text) : withoutHash(telling)
}

/** The number, where the whole text is one. */
export const checkOrderNumber = (text: string): string | null => {
  const [code] = text.match(CODE) ?? []
  return code !== undefined && code.length === text.length && digitsIn(code) >= 3 ? withoutHash(code) : null
}
