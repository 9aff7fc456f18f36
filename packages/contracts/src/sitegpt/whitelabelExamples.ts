const quotas = {
  chatbotsQuota: 1,
  linksQuota: 25,
  filesQuota: 10,
  combinedMessagesQuota: 25,
  membersQuota: 1
}

const brand = {
  id: "51901704862228480",
  name: "Acme",
  domain: "app.acme.example",
  marketingDomain: "acme.example",
  supportEmail: "help@acme.example",
  color: "#2563eb",
  createdAt: "2026-02-05T10:30:45.123000Z",
  updatedAt: "2026-02-05T10:30:45.123000Z",
  metaDetails: { title: "Acme", description: "Answers for shops", ogImage: "https://acme.example/og.png" },
  terms: "https://acme.example/terms",
  privacyPolicy: "https://acme.example/privacy",
  ownedById: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  logo: "https://acme.example/logo.png",
  fullLogo: "https://acme.example/full-logo.png",
  emailSettings: {
    resendApiKey: "****vwev",
    fromName: "Acme",
    fromEmail: "login@acme.example",
    replyToEmail: "help@acme.example"
  },
  defaultQuota: quotas
}

const user = {
  id: "51901704862228482",
  brandId: "51901704862228480",
  email: "ada@example.com",
  name: "",
  profilePic: "",
  ...quotas,
  createdAt: "2026-02-05T10:30:45.123000Z",
  updatedAt: "2026-02-05T10:30:45.123000Z"
}

const features = {
  watermark: true,
  api: true,
  webhooks: false,
  functions: true,
  integrations: true,
  googleChatIntegration: true,
  messengerChatIntegration: true,
  crispChatIntegration: true,
  slackChatIntegration: true,
  zendeskChatIntegration: true
}

const apiKey = "bk_k3v9x0q2m7b1c8d4_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

const reply = (summary: string, message: string, data: unknown) => ({
  one: { summary, value: { success: true, message, data } }
})

/** A request for each call that takes one, and an answer of each. */
export const whitelabelExamples = {
  newUser: { one: { summary: "A user", value: { email: "ada@example.com", ...quotas } } },
  change: {
    one: { summary: "More messages, no webhooks", value: { combinedMessagesQuota: 100, features: { webhooks: false } } }
  },
  brands: reply("One brand", "Fetched the whitelabel brands successfully", { brands: [brand] }),
  brand: reply("The brand", "Fetched the whitelabel brand successfully", { brand }),
  added: reply("The user", "Added new whitelabel user of your brand successfully", { whitelabelUser: user }),
  fetched: reply("With its key and its features", "Fetched the whitelabel user successfully", {
    whitelabelUser: { ...user, apiKey, features }
  }),
  updated: reply("As it is now", "Updated the whitelabel user of the brand successfully", {
    whitelabelUser: { ...user, combinedMessagesQuota: 100, features }
  }),
  generated: reply("The key", "Generated API key of the whitelabel user successfully", {
    userId: user.id,
    userEmail: user.email,
    apiKey
  })
} as const
