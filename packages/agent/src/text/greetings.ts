/** Messages of one word that n-grams take for another language ("hello" for Italian, "merci" for Italian, "hola" for English). */
const WORDS: Readonly<Record<string, string>> = {
  en: "hello hi hey hiya ok okay thanks thx yes yep no nope bye goodbye please sorry help order refund cancel price shipping delivery",
  de: "hallo danke bitte moin servus tschüss ja nein",
  es: "hola gracias adiós adios sí vale",
  fr: "bonjour bonsoir salut merci oui coucou",
  it: "ciao grazie buongiorno buonasera prego salve",
  nl: "hoi dank bedankt dag alsjeblieft",
  pt: "olá oi obrigado obrigada tchau",
  tr: "merhaba selam teşekkürler evet hayır",
  vi: "chào"
}

const languages = new Map(
  Object.entries(WORDS).flatMap(([code, words]) => words.split(" ").map((word) => [word, code] as const))
)

const AROUND = /^[^\p{L}]+|[^\p{L}]+$/gu

/** The language whose greeting or other common single word a message is. */
export const languageOfGreeting = (message: string): string | undefined =>
  languages.get(message.replace(AROUND, "").toLowerCase().normalize("NFC"))
