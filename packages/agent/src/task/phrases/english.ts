import type { TaskPhrases } from "./TaskPhrases.ts"

export const english: TaskPhrases = {
  names: {
    name: "your name",
    email: "your e-mail address",
    phone: "your phone number",
    order_number: "your order number"
  },
  ask: (what) => `Could you please tell me ${what}?`,
  wrong: (what) => `Sorry, I could not find ${what} in that.`,
  hints: { phone: "With the country code, such as +44 20 7946 0018.", date: "For example 2026-12-31." },
  left: "All right, let's leave that. What else can I do for you?",
  gaveUp: "I am afraid I cannot go on without that. Would you like me to hand you over to a person?",
  noted: (what) => `Thank you, I have noted: ${what}.`,
  leaving: [
    "cancel",
    "stop",
    "never mind",
    "nevermind",
    "forget it",
    "forget about it",
    "quit",
    "exit",
    "leave it",
    "no thanks",
    "abort"
  ]
}
