import type { ContactId } from "../ids/brands.ts"
import { MOST_MEMORIES, type NewMemory } from "../recall/Memories.ts"
import type { Memory } from "../recall/Memory.ts"
import type { StoredWorkspace } from "./MemoryStore.ts"

const says = (text: string) => (memory: Memory) => memory.text.toLowerCase() === text.toLowerCase()

/** Keeps facts about a contact; what is kept already is confirmed. Answers what is kept of each. */
export const rememberInMemory = (
  { memories }: StoredWorkspace,
  contactId: ContactId,
  facts: ReadonlyArray<NewMemory>,
  now: Date
): ReadonlyArray<Memory> =>
  facts.map(({ id, sourceMessageId, text }) => {
    const all = memories.get(contactId) ?? []
    const known = all.find(says(text))
    const memory: Memory = {
      id,
      contactId,
      text,
      createdAt: now,
      ...known,
      sourceMessageId: sourceMessageId ?? known?.sourceMessageId ?? null,
      updatedAt: now
    }
    const others = all
      .filter((other) => other !== known)
      .toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
      .slice(0, MOST_MEMORIES - 1)
    memories.set(contactId, [memory, ...others])
    return memory
  })
