export type { ContactDetail, DefaultCountry } from "./Detail.ts"
export { checkDetail, extractDetails } from "./extractDetails.ts"
export { likelyCountry } from "./likelyCountry.ts"
