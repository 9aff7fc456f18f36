import { Context, Layer, type Redacted } from "effect"
import type { Agent } from "../agent/Agent.ts"
import { type AgentState, draftOf } from "../agent/AgentState.ts"
import type { AgentVersion } from "../agent/AgentVersion.ts"
import type { MessageExtra } from "../chatbot/ThreadMessage.ts"
import type { ModelUse } from "../agent/ModelUse.ts"
import type { Contact } from "../contact/Contact.ts"
import type { Dialog } from "../dialog/Dialog.ts"
import type { ChatbotContent } from "../chatbot/Chatbot.ts"
import type { AgentId, ContactId, DialogId, MessageId, TurnId, UserId, WorkspaceId } from "../ids/brands.ts"
import type { Lane } from "../lane/Lane.ts"
import type { Message } from "../message/Message.ts"
import type { Memory } from "../recall/Memory.ts"
import type { TaskProgress } from "../task/TaskProgress.ts"
import type { IdempotencyRecord } from "../turn/idempotency.ts"
import type { ProgressEvent } from "../turn/progress.ts"
import type { Turn } from "../turn/Turn.ts"
import type { RunnableTurn } from "../turn/Turns.ts"
import type { Workspace } from "../workspace/Workspace.ts"
import type { AccessTokenId } from "../workspace/AccessToken.ts"
import type { StoredAccessToken } from "../workspace/AccessTokens.ts"
import type { ApiKeyId } from "../workspace/ApiKey.ts"
import type { StoredApiKey } from "../workspace/ApiKeys.ts"
import type { Brand, BrandId } from "../whitelabel/Brand.ts"
import type { WhitelabelUser, WhitelabelUserId } from "../whitelabel/WhitelabelUser.ts"
import type { StoredEntitlement } from "./entitlementInMemory.ts"
import type { StoredQuestion } from "./recordUnanswered.ts"

/** What a dialog has as a thread. */
export interface StoredThread {
  readonly webhookUrl: string | null
  readonly webhookToken: string | null
  readonly escalated: boolean
  /** How many messages there were when the matter was settled. */
  readonly resolvedAt: number | null
}

/** A dialog with all that is kept by it: `messages` and `turns` stand in their sequence, `lane` orders the turns. */
export interface StoredDialog {
  dialog: Dialog
  lane: Lane
  readonly messages: Array<Message>
  readonly turns: Array<Turn>
  task: TaskProgress | null
  /** Up to where the messages have been read for facts about the contact. */
  readThrough: number
  readonly extras: Map<MessageId, MessageExtra>
  thread: StoredThread
}

export interface StoredAgent {
  readonly state: AgentState
  /** Oldest first. */
  readonly versions: ReadonlyArray<AgentVersion>
  readonly removed: boolean
  /** What it is dressed in as a chatbot, if anything. */
  readonly content?: ChatbotContent
}

export interface StoredWorkspace {
  readonly workspace: Workspace
  readonly agents: Map<AgentId, StoredAgent>
  readonly contacts: Map<ContactId, Contact>
  /** What the contacts that were merged have become. */
  readonly aliases: Map<ContactId, ContactId>
  readonly memories: Map<ContactId, ReadonlyArray<Memory>>
  /** By what they ask. */
  readonly unanswered: Map<string, StoredQuestion>
  readonly dialogs: Map<DialogId, StoredDialog>
  /** In which dialog a turn is. */
  readonly dialogOfTurn: Map<TurnId, StoredDialog>
  /** By route and key. */
  readonly idempotency: Map<string, IdempotencyRecord & { readonly createdAt: Date }>
}

/** A white-label user with the key that was made for it last. */
export interface StoredWhitelabelUser {
  readonly user: WhitelabelUser
  readonly key: { readonly id: ApiKeyId; readonly text: Redacted.Redacted } | null
}

/** The state that all memory ports share. Every port changes it in one synchronous step, so a change is all or nothing. */
export class MemoryStore extends Context.Service<
  MemoryStore,
  {
    readonly workspaces: Map<WorkspaceId, StoredWorkspace>
    readonly apiKeys: Map<ApiKeyId, StoredApiKey>
    readonly accessTokens: Map<AccessTokenId, StoredAccessToken>
    readonly identitySecrets: Map<WorkspaceId, string>
    readonly brands: Map<BrandId, Brand>
    readonly whitelabelUsers: Map<WhitelabelUserId, StoredWhitelabelUser>
    /** Of workspaces that are white-label users. */
    readonly entitlements: Map<WorkspaceId, StoredEntitlement>
    /** Of turns that run. */
    readonly progress: Map<TurnId, Array<ProgressEvent>>
    /** Of turns that run; each value as JSON. */
    readonly checkpoints: Map<TurnId, Map<string, string>>
    /** By contact and day, and by workspace and month. */
    readonly modelUse: Map<string, ModelUse>
  }
>()("@butler/domain/MemoryStore") {
  static readonly layer = Layer.sync(MemoryStore, () =>
    MemoryStore.of({
      workspaces: new Map(),
      apiKeys: new Map(),
      accessTokens: new Map(),
      identitySecrets: new Map(),
      brands: new Map(),
      whitelabelUsers: new Map(),
      entitlements: new Map(),
      progress: new Map(),
      checkpoints: new Map(),
      modelUse: new Map()
    })
  )
}

/** The workspace; an unknown one is a defect, as a violated foreign key would be. */
export const workspaceOf = (store: MemoryStore["Service"], id: WorkspaceId): StoredWorkspace => {
  const found = store.workspaces.get(id)
  if (found === undefined) throw new Error(`workspace ${id} does not exist`)
  return found
}

/** What turns told goes with their end. */
export const forgetProgress = ({ progress }: MemoryStore["Service"], turnIds: ReadonlyArray<TurnId>): void => {
  for (const turnId of turnIds) progress.delete(turnId)
}

/** The agent as it is published, or as it is drafted. */
export const agentOf = ({ state }: StoredAgent, draft: boolean): Agent => (draft ? draftOf(state) : state.agent)

export const contactOfUser = (workspace: StoredWorkspace, userId: UserId): Contact | null =>
  workspace.contacts.values().find((contact) => contact.userId === userId) ?? null

/** All that a turn answers: its own message behind those of the turns it answers for. */
export const askedOf = (stored: StoredDialog, turn: Turn): Pick<RunnableTurn, "attachments" | "channel" | "query"> => {
  const turnIds = new Set(
    stored.turns.filter(({ answeredBy, id }) => id === turn.id || answeredBy === turn.id).map(({ id }) => id)
  )
  const asked = stored.messages.filter(
    ({ senderType, turnId }) => senderType === "contact" && turnId !== null && turnIds.has(turnId)
  )
  const own = asked.find((message) => message.id === turn.inboundMessageId)
  if (own === undefined) throw new Error(`turn ${turn.id} has no message`)
  return {
    query: asked.map((message) => message.content).join("\n"),
    attachments: asked.flatMap((message) => message.attachments),
    channel: own.channel
  }
}
