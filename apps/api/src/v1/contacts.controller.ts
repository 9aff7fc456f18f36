import {
  type ContactPage,
  type ContactResource,
  decodeContactIdentity,
  decodeContactListQuery,
  decodeContactMerge,
  decodeContactParams
} from "@butler/contracts"
import { ContactNotFound, Contacts } from "@butler/domain"
import { Controller, Get, HttpCode, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { found } from "./found.ts"
import { listContacts } from "./listContacts.ts"
import { contactResource } from "./resources.ts"
import { v1Refusal } from "./v1Refusal.ts"

@Controller("v1/contacts")
export class ContactsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("contacts:read")
  list(@Req() request: FastifyRequest): Promise<ContactPage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeContactListQuery(request.query), (query) => listContacts(workspaceId, query))
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get(":contactId")
  @Requires("contacts:read")
  find(@Req() request: FastifyRequest): Promise<ContactResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { contactId } = yield* decodeContactParams(request.params)
      const contact = yield* Contacts.use((contacts) => contacts.find(workspaceId, contactId)).pipe(
        found(() => new ContactNotFound({ contactId }))
      )
      return contactResource(contact)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post("merge")
  @HttpCode(200)
  @Requires("contacts:write")
  merge(@Req() request: FastifyRequest): Promise<ContactResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const two = yield* decodeContactMerge(request.body)
      return contactResource(yield* Contacts.use((contacts) => contacts.merge({ workspaceId, ...two })))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post(":contactId/identify")
  @HttpCode(200)
  @Requires("contacts:write")
  identify(@Req() request: FastifyRequest): Promise<ContactResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { contactId } = yield* decodeContactParams(request.params)
      const identity = yield* decodeContactIdentity(request.body)
      const identified = Contacts.use((contacts) => contacts.identify({ workspaceId, contactId, ...identity }))
      return contactResource(yield* identified)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
