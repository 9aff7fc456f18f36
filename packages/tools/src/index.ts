export { checkDetail, type ContactDetail, type DefaultCountry, extractDetails } from "./details/index.ts"
