import { HttpApi, OpenApi } from "effect/http-api"
import { butlerGroup } from "./butler/butlerGroup.ts"
import { familyGroup } from "./butler/familyGroup.ts"
import { tokenGroup } from "./butler/tokenGroup.ts"
import { finish } from "./openapi/finish.ts"
import { introduction } from "./openapi/introduction.ts"
import { sitegptChatbotsGroup } from "./sitegpt/chatbotsGroup.ts"
import { followUpPromptsGroup } from "./sitegpt/followUpPromptsGroup.ts"
import { iconsGroup } from "./sitegpt/iconsGroup.ts"
import { linksGroup } from "./sitegpt/linksGroup.ts"
import { messagesGroup } from "./sitegpt/messagesGroup.ts"
import { personasGroup } from "./sitegpt/personasGroup.ts"
import { promptsGroup } from "./sitegpt/promptsGroup.ts"
import { quickPromptsGroup } from "./sitegpt/quickPromptsGroup.ts"
import { settingsGroup } from "./sitegpt/settingsGroup.ts"
import { threadsGroup } from "./sitegpt/threadsGroup.ts"
import { whitelabelGroup } from "./sitegpt/whitelabelGroup.ts"
import { systemGroup } from "./system/systemGroup.ts"
import { accessGroup } from "./v1/accessGroup.ts"
import { brandsGroup } from "./v1/brandsGroup.ts"
import { agentVersionsGroup } from "./v1/agentVersionsGroup.ts"
import { agentToolsGroup, identityGroup } from "./v1/toolsGroups.ts"
import { agentsGroup } from "./v1/agentsGroup.ts"
import { contactsGroup } from "./v1/contactsGroup.ts"
import { deliveriesGroup } from "./v1/deliveriesGroup.ts"
import { dialogsGroup } from "./v1/dialogsGroup.ts"
import { knowledgeBasesGroup } from "./v1/knowledgeBasesGroup.ts"
import { knowledgeGroup } from "./v1/knowledgeGroup.ts"
import { sourcesGroup } from "./v1/sourcesGroup.ts"
import { unansweredGroup } from "./v1/unansweredGroup.ts"
import { webhookEndpointsGroup } from "./v1/webhookEndpointsGroup.ts"

/** Every route of the service, declared once: document, client and route list are read from here. */
export const api = HttpApi.make("butler")
  .add(
    butlerGroup,
    familyGroup,
    tokenGroup,
    sitegptChatbotsGroup,
    followUpPromptsGroup,
    quickPromptsGroup,
    promptsGroup,
    personasGroup,
    settingsGroup,
    iconsGroup,
    linksGroup,
    messagesGroup,
    threadsGroup,
    whitelabelGroup,
    dialogsGroup,
    contactsGroup,
    knowledgeGroup,
    knowledgeBasesGroup,
    sourcesGroup,
    unansweredGroup,
    agentsGroup,
    agentVersionsGroup,
    agentToolsGroup,
    identityGroup,
    webhookEndpointsGroup,
    deliveriesGroup,
    accessGroup,
    brandsGroup,
    systemGroup
  )
  .annotateMerge(
    OpenApi.annotations({
      title: "Butler",
      version: "0.1.0",
      summary: "A self-hosted backend for customer-service agents",
      description: introduction,
      license: { name: "MIT", identifier: "MIT" },
      servers: [{ url: "/", description: "The server that serves this document" }],
      transform: finish
    })
  )
