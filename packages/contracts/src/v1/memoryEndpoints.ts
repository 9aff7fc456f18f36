import { HttpApiEndpoint, HttpApiSchema } from "effect/http-api"
import { ContactParams } from "./ContactResource.ts"
import {
  ErasureResource,
  MemoryListQuery,
  MemoryPage,
  MemoryParams,
  MemoryResource,
  MemoryText
} from "./MemoryResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"

const ofContact = [...commonProblems, "contact_not_found"] as const
const written = [...bodyProblems, "contact_not_found"] as const
const ofMemory = [...commonProblems, "memory_not_found"] as const
const changed = [...bodyProblems, "memory_not_found"] as const

const listMemories = HttpApiEndpoint.get("listMemories", "/v1/contacts/:contactId/memories", {
  params: ContactParams,
  query: MemoryListQuery,
  success: MemoryPage,
  error: problems(ofContact)
}).annotateMerge(
  native({
    operationId: "listMemories",
    summary: "List what is remembered of a contact",
    description:
      "Newest first. Facts are taken from what the contact says, once a dialog has been quiet for a while; those that bear on a question come back in later dialogs. Needs the scope `contacts:read`.",
    errors: ofContact
  })
)

const addMemory = HttpApiEndpoint.post("addMemory", "/v1/contacts/:contactId/memories", {
  params: ContactParams,
  payload: MemoryText,
  success: MemoryResource.pipe(HttpApiSchema.status(201)),
  error: problems(written)
}).annotateMerge(
  native({
    operationId: "addMemory",
    summary: "Remember something of a contact",
    description:
      "What is remembered already is confirmed instead. A contact has 200 memories at most: the one that was told or confirmed the longest time ago goes. Needs the scope `contacts:write`.",
    errors: written,
    request: { fact: { summary: "A fact", value: { text: "Prefers to be called in the evening." } } }
  })
)

const changeMemory = HttpApiEndpoint.patch("changeMemory", "/v1/contacts/:contactId/memories/:memoryId", {
  params: MemoryParams,
  payload: MemoryText,
  success: MemoryResource,
  error: problems(changed)
}).annotateMerge(
  native({
    operationId: "changeMemory",
    summary: "Correct a memory",
    description: "Needs the scope `contacts:write`.",
    errors: changed,
    request: { fact: { summary: "Another fact", value: { text: "Prefers to be called in the morning." } } }
  })
)

const deleteMemory = HttpApiEndpoint.delete("deleteMemory", "/v1/contacts/:contactId/memories/:memoryId", {
  params: MemoryParams,
  success: HttpApiSchema.NoContent,
  error: problems(ofMemory)
}).annotateMerge(
  native({
    operationId: "deleteMemory",
    summary: "Forget a memory",
    description: "Needs the scope `contacts:write`.",
    errors: ofMemory
  })
)

const eraseContact = HttpApiEndpoint.delete("eraseContact", "/v1/contacts/:contactId", {
  params: ContactParams,
  success: ErasureResource,
  error: problems(ofContact)
}).annotateMerge(
  native({
    operationId: "eraseContact",
    summary: "Erase a contact",
    description:
      "With everything that is kept of it: those that were merged into it, dialogs, messages, turns, memories, details, what endpoints were told or owed, keys of requests. Open turns are cancelled first. It cannot be undone; what was sent to others before is theirs to erase. Should the call be cut short, the same call again finishes it. A further message of the same `userId` makes a new contact. Needs the scope `contacts:write`.",
    errors: ofContact
  })
)

/** What is remembered of contacts, and how all of it is forgotten. */
export const memoryEndpoints = [listMemories, addMemory, changeMemory, deleteMemory, eraseContact] as const
