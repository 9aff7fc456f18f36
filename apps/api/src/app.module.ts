import { type DynamicModule, Module } from "@nestjs/common"
import { ButlerController } from "./butler/butler.controller.ts"
import { FamilyController } from "./butler/family.controller.ts"
import { EffectRunner } from "./effect/EffectRunner.ts"
import { ChatbotsController } from "./sitegpt/chatbots.controller.ts"
import { FollowUpPromptsController } from "./sitegpt/followUpPrompts.controller.ts"
import { IconsController } from "./sitegpt/icons.controller.ts"
import { LinksController } from "./sitegpt/links.controller.ts"
import { MessagesController } from "./sitegpt/messages.controller.ts"
import { PersonasController } from "./sitegpt/personas.controller.ts"
import { PromptsController } from "./sitegpt/prompts.controller.ts"
import { ConversationStartersController, QuickPromptsController } from "./sitegpt/quickPrompts.controller.ts"
import { SettingsController } from "./sitegpt/settings.controller.ts"
import { ThreadsController } from "./sitegpt/threads.controller.ts"
import { WhitelabelController } from "./sitegpt/whitelabel/whitelabel.controller.ts"
import { SystemController } from "./system/system.controller.ts"
import { AccessController } from "./v1/access.controller.ts"
import { BrandsController } from "./v1/brands/brands.controller.ts"
import { AgentsController } from "./v1/agents/agents.controller.ts"
import { AgentVersionsController } from "./v1/agents/agentVersions.controller.ts"
import { AgentToolsController } from "./v1/agents/agentTools.controller.ts"
import { ContactsController } from "./v1/contacts.controller.ts"
import { DialogsController } from "./v1/dialogs.controller.ts"
import { MemoriesController } from "./v1/memories.controller.ts"
import { KnowledgeBasesController } from "./v1/knowledgeBases.controller.ts"
import { KnowledgeController } from "./v1/knowledge.controller.ts"
import { DeliveriesController } from "./v1/webhooks/deliveries.controller.ts"
import { SigningSecretController } from "./v1/webhooks/signingSecret.controller.ts"
import { SourcesController } from "./v1/sources/sources.controller.ts"
import { UnansweredController } from "./v1/unanswered.controller.ts"
import { WebhookEndpointsController } from "./v1/webhooks/webhookEndpoints.controller.ts"
import { TurnsController } from "./v1/turns.controller.ts"

@Module({
  controllers: [
    ButlerController,
    FamilyController,
    DialogsController,
    ContactsController,
    MemoriesController,
    TurnsController,
    KnowledgeController,
    KnowledgeBasesController,
    SourcesController,
    UnansweredController,
    AgentsController,
    AgentVersionsController,
    AgentToolsController,
    WebhookEndpointsController,
    DeliveriesController,
    SigningSecretController,
    ChatbotsController,
    FollowUpPromptsController,
    QuickPromptsController,
    ConversationStartersController,
    PromptsController,
    PersonasController,
    SettingsController,
    IconsController,
    LinksController,
    MessagesController,
    ThreadsController,
    WhitelabelController,
    AccessController,
    BrandsController,
    SystemController
  ]
})
export class AppModule {
  /** The module over the one runtime of the process. */
  static over(effects: EffectRunner): DynamicModule {
    return { module: AppModule, providers: [{ provide: EffectRunner, useValue: effects }] }
  }
}
