// The local part and the labels of the domain are bounded, so that a long run of their characters costs no more than its length.
const EMAIL =
  /(?<![\w.+%-])[a-z0-9_+%-](?:[a-z0-9._+%-]{0,62}[a-z0-9_+%-])?@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])/giu

const isSound = (address: string): boolean => {
  const [local = "", domain = ""] = address.split("@")
  const labels = domain.split(".")
  return !local.includes("..") && labels.every((label) => !label.startsWith("-") && !label.endsWith("-"))
}

/** The domain in lower case; what stands before it is the receiver's to judge. */
const canonical = (address: string): string => {
  const at = address.indexOf("@")
  return address.slice(0, at) + address.slice(at).toLowerCase()
}

/** The first e-mail address in a text. */
export const findEmail = (text: string): string | null => {
  for (const [address] of text.matchAll(EMAIL)) if (isSound(address)) return canonical(address)
  return null
}

/** The text with a gap for each address. */
export const withoutEmails = (text: string): string => text.replace(EMAIL, " ")

/** The address, where the whole text is one. */
export const checkEmail = (text: string): string | null => {
  const found = findEmail(text)
  return found !== null && found.length === text.length ? found : null
}
