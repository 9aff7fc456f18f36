import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import {
  ContactIdentity,
  ContactListQuery,
  ContactMerge,
  ContactPage,
  ContactParams,
  ContactResource
} from "./ContactResource.ts"
import { memoryEndpoints } from "./memoryEndpoints.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"

const ofContact = [...commonProblems, "contact_not_found"] as const
const ofIdentity = [...bodyProblems, "contact_not_found", "contact_conflict"] as const

const listContacts = HttpApiEndpoint.get("listContacts", "/v1/contacts", {
  query: ContactListQuery,
  success: ContactPage,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listContacts",
    summary: "List contacts",
    description:
      "Newest first, without those that were merged into others; or the one that `userId` names. Needs the scope `contacts:read`.",
    errors: commonProblems
  })
)

const getContact = HttpApiEndpoint.get("getContact", "/v1/contacts/:contactId", {
  params: ContactParams,
  success: ContactResource,
  error: problems(ofContact)
}).annotateMerge(
  native({
    operationId: "getContact",
    summary: "Get a contact",
    description:
      "The id of a contact that was merged into another one answers that one. Needs the scope `contacts:read`.",
    errors: ofContact
  })
)

const identifyContact = HttpApiEndpoint.post("identifyContact", "/v1/contacts/:contactId/identify", {
  params: ContactParams,
  payload: ContactIdentity,
  success: ContactResource,
  error: problems(ofIdentity)
}).annotateMerge(
  native({
    operationId: "identifyContact",
    summary: "Say who an anonymous contact is",
    description:
      "The only way an anonymous contact gets a `userId`; its dialogs are that user's from then on. A `userId` is never replaced by another one. Where another contact has it already, 409 `contact_conflict`, unless `merge` is set: then this contact goes into that one. Answers the contact that has the `userId`; saying it twice changes nothing. Needs the scope `contacts:write`.",
    errors: ofIdentity,
    request: { user: { summary: "Who it is", value: { userId: "user_987654321" } } }
  })
)

const mergeContacts = HttpApiEndpoint.post("mergeContacts", "/v1/contacts/merge", {
  payload: ContactMerge,
  success: ContactResource,
  error: problems(ofIdentity)
}).annotateMerge(
  native({
    operationId: "mergeContacts",
    summary: "Make two contacts one",
    description:
      "The dialogs of `from` become those of `into`, and so does its `userId` when `into` has none; both ids name the one contact from then on. Refused with 409 `contact_conflict` when both carry a `userId`. Merging twice changes nothing; it cannot be undone. Needs the scope `contacts:write`.",
    errors: ofIdentity,
    request: { two: { summary: "Two ids", value: { from: "51901704862228480", into: "51901704862228993" } } }
  })
)

/** Contacts and who they are. */
export const contactsGroup = HttpApiGroup.make("contacts")
  .add(listContacts, getContact, identifyContact, mergeContacts, ...memoryEndpoints)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "Contacts", description: "Who talks to the agent." }))
