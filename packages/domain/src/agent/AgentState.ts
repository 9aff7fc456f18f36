import { Equal } from "effect"
import type { Agent, AgentDefinition } from "./Agent.ts"
import { keepCredentials } from "./credentials.ts"

/** An agent as turns see it, and the draft of what they are to see. */
export interface AgentState {
  readonly agent: Agent
  /** Null where nothing is drafted. */
  readonly draft: AgentDefinition | null
  /** How often the draft was changed, and those before it. */
  readonly revision: number
}

const definitionOf = ({ name, settings }: AgentDefinition): AgentDefinition =>
  settings === undefined ? { name } : { name, settings }

const publish = (state: AgentState, next: AgentDefinition): AgentState =>
  Equal.equals(definitionOf(state.agent), definitionOf(next))
    ? state
    : { ...state, agent: { id: state.agent.id, version: state.agent.version + 1, ...definitionOf(next) } }

/** The agent as its draft has it; as it is published where there is none. */
export const draftOf = ({ agent, draft, revision }: AgentState): Agent =>
  draft === null ? agent : { id: agent.id, version: -revision, ...draft }

/** Publishes a change, and makes it in the draft as well, so that its publication does not undo it. One of nothing is none. */
export const changePublished = (state: AgentState, change: (agent: Agent) => Agent): AgentState => {
  const published = publish(state, change(state.agent))
  return state.draft === null || published === state ? published : changeDraft(published, change)
}

/** Drafts a change. */
export const changeDraft = (state: AgentState, change: (agent: Agent) => Agent): AgentState => {
  const before = draftOf(state)
  const draft = definitionOf(change(before))
  return Equal.equals(definitionOf(before), draft) ? state : { ...state, draft, revision: state.revision + 1 }
}

/** Publishes the draft; where there is none, or it says what is published already, nothing is. */
export const publishDraft = (state: AgentState): AgentState => ({ ...publish(state, draftOf(state)), draft: null })

/**
 * Publishes what was published before once more, as the newest version, with the credentials of today. The draft stays as it
 * is.
 */
export const rollBack = (state: AgentState, old: AgentDefinition): AgentState =>
  publish(
    state,
    old.settings === undefined
      ? old
      : { name: old.name, settings: keepCredentials(state.agent.settings ?? {}, old.settings) }
  )
