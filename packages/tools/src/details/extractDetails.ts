import type { ContactDetail, DefaultCountry } from "./Detail.ts"
import { checkEmail, findEmail, withoutEmails } from "./email.ts"
import { checkOrderNumber, findOrderNumber } from "./orderNumber.ts"
import { checkName, findName } from "./personName.ts"
import { checkPhone, findPhone } from "./phone.ts"

/** Nobody tells details behind more than that. */
const SEARCHED = 4_000

/** Full-width letters and digits, as Chinese and Japanese keyboards write them, are the plain ones; `№` would be `No`. */
const plain = (text: string): string => text.replaceAll("№", "#").normalize("NFKC").trim()

/** What a contact says of itself in a message, without a model: each detail as it is kept, those alone that are there. */
export const extractDetails = (
  message: string,
  wanted: ReadonlyArray<ContactDetail>,
  country: DefaultCountry = null
): Partial<Record<ContactDetail, string>> => {
  const text = plain(message.slice(0, SEARCHED))
  const email = findEmail(text)
  const phone = findPhone(text, country)
  // What is an address, or wanted as a telephone number, is not the number of an order as well.
  const order = findOrderNumber(withoutEmails(text))
  const isPhone = order !== null && wanted.includes("phone") && checkPhone(order, country) !== null
  const found: Record<ContactDetail, string | null> = {
    name: findName(text),
    email,
    phone,
    order_number: isPhone ? null : order
  }
  const pairs = wanted.flatMap((kind): ReadonlyArray<[ContactDetail, string]> => {
    const value = found[kind]
    return value === null ? [] : [[kind, value]]
  })
  return Object.fromEntries(pairs)
}

/** The detail as it is kept, or null where it cannot be one. */
export const checkDetail = (kind: ContactDetail, value: string, country: DefaultCountry = null): string | null => {
  const text = plain(value)
  switch (kind) {
    case "name":
      return checkName(text)
    case "email":
      return checkEmail(text)
    case "phone":
      return checkPhone(text, country)
    case "order_number":
      return checkOrderNumber(text)
  }
}
