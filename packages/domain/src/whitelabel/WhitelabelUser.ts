import { Schema } from "effect"
import { WorkspaceId } from "../ids/brands.ts"
import { BrandId } from "./Brand.ts"
import { Features, Quotas } from "./Entitlement.ts"

/** Decimal snowflake. */
export const WhitelabelUserId = Schema.String.check(Schema.isPattern(/^[1-9]\d{0,18}$/)).pipe(
  Schema.brand("WhitelabelUserId")
)
export type WhitelabelUserId = typeof WhitelabelUserId.Type

/** A user of a reseller's brand: a workspace of its own, with what that is entitled to. */
export const WhitelabelUser = Schema.Struct({
  id: WhitelabelUserId,
  brandId: BrandId,
  /** The workspace that it is. */
  workspaceId: WorkspaceId,
  email: Schema.String,
  quotas: Quotas,
  features: Features,
  createdAt: Schema.Date,
  updatedAt: Schema.Date
})
export type WhitelabelUser = typeof WhitelabelUser.Type

/** The brand has no such user. */
export class WhitelabelUserNotFound extends Schema.TaggedError<WhitelabelUserNotFound>()("WhitelabelUserNotFound", {
  userId: WhitelabelUserId
}) {
  override get message(): string {
    return `white-label user ${this.userId} does not exist`
  }
}

/** Another user of the brand has this address, in whatever case it is written. */
export class WhitelabelEmailTaken extends Schema.TaggedError<WhitelabelEmailTaken>()("WhitelabelEmailTaken", {
  email: Schema.String
}) {}
