/** What is known of contacts by a form of its own, so that it is found in a message without a model, and judged. */
export type ContactDetail = "name" | "email" | "phone" | "order_number"

/** The country that numbers without a country's prefix belong to, by its two letters; null: such numbers are none. */
export type DefaultCountry = string | null
