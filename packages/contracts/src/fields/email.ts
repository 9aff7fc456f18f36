import { pattern } from "./pattern.ts"

export const email = pattern(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 254, "an e-mail address", {
  format: "email",
  examples: ["ada@example.com"]
})
