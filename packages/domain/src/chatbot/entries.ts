import { Result, Schema } from "effect"
import { type ChangedChatbot, type Chatbot, ChatbotEntryId } from "./Chatbot.ts"

/** A chatbot's lists, each of entries of its own kind. */
export const ChatbotList = Schema.Literals(["quickPrompts", "followUpPrompts", "prompts", "personas"])
export type ChatbotList = typeof ChatbotList.Type

/** What a list holds. */
export type EntryOf<List extends ChatbotList> = Chatbot[List][number]

/** All of a chatbot is read and written at once, so its lists are short. */
export const MAX_ENTRIES = 100

/** The list has no such entry. */
export class ChatbotEntryNotFound extends Schema.TaggedError<ChatbotEntryNotFound>()("ChatbotEntryNotFound", {
  list: ChatbotList,
  entryId: ChatbotEntryId
}) {}

/** The list is full. */
export class TooManyEntries extends Schema.TaggedError<TooManyEntries>()("TooManyEntries", {
  list: ChatbotList,
  limit: Schema.Int
}) {
  override get message(): string {
    return `a chatbot has at most ${this.limit} of these`
  }
}

const entriesOf = <List extends ChatbotList>(chatbot: Chatbot, list: List): ReadonlyArray<EntryOf<List>> =>
  chatbot[list]

export const findEntry = <List extends ChatbotList>(
  chatbot: Chatbot,
  list: List,
  entryId: ChatbotEntryId
): Result.Result<EntryOf<List>, ChatbotEntryNotFound> => {
  const found = entriesOf(chatbot, list).find(({ id }) => id === entryId)
  return found === undefined ? Result.fail(new ChatbotEntryNotFound({ list, entryId })) : Result.succeed(found)
}

/** The chatbot with the entry at the end of its list. */
export const addEntry = <List extends ChatbotList>(
  chatbot: Chatbot,
  list: List,
  entry: EntryOf<List>
): Result.Result<Chatbot, TooManyEntries> =>
  chatbot[list].length < MAX_ENTRIES
    ? Result.succeed({ ...chatbot, [list]: [...chatbot[list], entry] })
    : Result.fail(new TooManyEntries({ list, limit: MAX_ENTRIES }))

/** What an agent has of the prompt and the persona that are assigned. */
const SHAPING = ["instructions", "temperature"] as const

/** The chatbot with the entry changed, in its place. */
export const changeEntry = <List extends ChatbotList>(
  chatbot: Chatbot,
  list: List,
  entryId: ChatbotEntryId,
  change: Partial<Omit<EntryOf<List>, "id">>
): Result.Result<ChangedChatbot, ChatbotEntryNotFound> =>
  Result.map(findEntry(chatbot, list, entryId), (found) => {
    const changed = { ...found, ...change }
    const { personaId, promptId } = chatbot.settings
    const isAssigned = entryId === personaId || entryId === promptId
    return {
      ...chatbot,
      [list]: entriesOf(chatbot, list).map((entry) => (entry === found ? changed : entry)),
      ...(isAssigned && { named: SHAPING.filter((key) => key in change) })
    }
  })

/** The chatbot without the entry; a prompt or persona that was assigned is no longer. */
export const removeEntry = (
  chatbot: Chatbot,
  list: ChatbotList,
  entryId: ChatbotEntryId
): Result.Result<Chatbot, ChatbotEntryNotFound> =>
  Result.map(findEntry(chatbot, list, entryId), (found) => {
    const { personaId, promptId, ...settings } = chatbot.settings
    return {
      ...chatbot,
      [list]: chatbot[list].filter((entry) => entry !== found),
      settings: {
        ...settings,
        ...(promptId !== undefined && promptId !== entryId && { promptId }),
        ...(personaId !== undefined && personaId !== entryId && { personaId })
      }
    }
  })
