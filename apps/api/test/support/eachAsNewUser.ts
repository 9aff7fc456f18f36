import { beforeAll, beforeEach } from "vitest"
import { call, type Call, textAt } from "./call.ts"
import type { Api } from "./startApi.ts"

/** What each of them may use. */
export const QUOTAS = { chatbotsQuota: 2, linksQuota: 3, filesQuota: 2, combinedMessagesQuota: 10, membersQuota: 1 }

/** A brand for the tests of a file, and for each a white-label user of its own. To be called behind what starts the service. */
export const eachAsNewUser = (api: () => Api) => {
  let brand: string
  let users = 0
  let user: string
  let key: string
  beforeAll(async () => {
    brand = `/api/v0/w/brands/${textAt((await call(api(), "/v1/brands", { json: { name: "Brand" } })).body, "id")}`
  })
  beforeEach(async () => {
    users += 1
    const added = await call(api(), `${brand}/users`, { json: { email: `user${users}@example.com`, ...QUOTAS } })
    user = `${brand}/users/${textAt(added.body, "data", "whitelabelUser", "id")}`
    key = textAt((await call(api(), `${user}/api-key`, { method: "PATCH" })).body, "data", "apiKey")
  })
  /** As the white-label user. */
  const ask = (path: string, rest: Omit<Call, "key"> = {}) => call(api(), path, { ...rest, key })
  const entitle = (json: unknown) => call(api(), user, { method: "PATCH", json })
  const newChatbot = (chatbotName = "Mine") => ask("/api/v0/chatbots", { json: { chatbotName } })
  const chatbotId = async () => textAt((await newChatbot()).body, "data", "chatbot", "id")
  return { ask, entitle, newChatbot, chatbotId, key: () => key }
}
