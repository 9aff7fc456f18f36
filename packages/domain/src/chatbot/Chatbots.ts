import { Context, type Effect, type Option, type Result } from "effect"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"
import type { ChangedChatbot, Chatbot, ChatbotNotFound } from "./Chatbot.ts"

/** Which of a list are wanted, in its order. */
export interface PageQuery {
  readonly offset: number
  readonly limit: number
}

/** A workspace's agents as chatbots. Each agent is one. */
export class Chatbots extends Context.Service<
  Chatbots,
  {
    /** Oldest first; without the agent that a white-label user's workspace was made with. */
    readonly list: (workspaceId: WorkspaceId, page: PageQuery) => Effect.Effect<ReadonlyArray<Chatbot>>
    readonly find: (workspaceId: WorkspaceId, id: AgentId) => Effect.Effect<Option.Option<Chatbot>>
    /**
     * Changes a chatbot and, in the same transaction, its agent as `shapeAgent` has it; a failure changes nothing. Two changes
     * at once follow one another. Turns accepted from then on see the change. The webhook follows its address: another one
     * starts with a clean record, none ends it.
     */
    readonly change: <E>(
      workspaceId: WorkspaceId,
      id: AgentId,
      change: (chatbot: Chatbot) => Result.Result<ChangedChatbot, E>
    ) => Effect.Effect<Chatbot, ChatbotNotFound | E>
  }
>()("@butler/domain/Chatbots") {}
