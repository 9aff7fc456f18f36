import { Context, type Effect, Schema } from "effect"
import { WorkspaceId } from "../ids/brands.ts"
import { Quotas } from "./Entitlement.ts"

/** Decimal snowflake. */
export const BrandId = Schema.String.check(Schema.isPattern(/^[1-9]\d{0,18}$/)).pipe(Schema.brand("BrandId"))
export type BrandId = typeof BrandId.Type

/** How a reseller shows itself; empty is not set. Butler keeps and shows it, its own pages have no brand. */
export const BrandContent = Schema.Struct({
  domain: Schema.String,
  marketingDomain: Schema.String,
  supportEmail: Schema.String,
  color: Schema.String,
  terms: Schema.String,
  privacyPolicy: Schema.String,
  logo: Schema.String,
  fullLogo: Schema.String,
  metaDetails: Schema.Struct({ title: Schema.String, description: Schema.String, ogImage: Schema.String }),
  emailSettings: Schema.Struct({ fromName: Schema.String, fromEmail: Schema.String, replyToEmail: Schema.String }),
  /** What the reseller gives to users by default: shown, and applied by nobody here. */
  defaultQuota: Quotas
})
export type BrandContent = typeof BrandContent.Type

/** A reseller over workspaces: its users are workspaces of their own. */
export const Brand = Schema.Struct({
  id: BrandId,
  /** The reseller. */
  workspaceId: WorkspaceId,
  name: Schema.String,
  ...BrandContent.fields,
  /** Of the reseller's mail service. */
  resendApiKey: Schema.NullOr(Schema.Redacted(Schema.String)),
  createdAt: Schema.Date,
  updatedAt: Schema.Date
})
export type Brand = typeof Brand.Type

export type NewBrand = Omit<Brand, "createdAt" | "updatedAt">

/** What of a brand is to be changed; what is not named stays. */
export interface BrandChange extends Partial<Omit<NewBrand, "id" | "workspaceId" | "emailSettings" | "metaDetails">> {
  readonly emailSettings?: Partial<BrandContent["emailSettings"]>
  readonly metaDetails?: Partial<BrandContent["metaDetails"]>
}

export const emptyBrand: BrandContent = {
  domain: "",
  marketingDomain: "",
  supportEmail: "",
  color: "",
  terms: "",
  privacyPolicy: "",
  logo: "",
  fullLogo: "",
  metaDetails: { title: "", description: "", ogImage: "" },
  emailSettings: { fromName: "", fromEmail: "", replyToEmail: "" },
  defaultQuota: { chatbotsQuota: 0, linksQuota: 0, filesQuota: 0, combinedMessagesQuota: 0, membersQuota: 0 }
}

/** The brand does not exist in this workspace. */
export class BrandNotFound extends Schema.TaggedError<BrandNotFound>()("BrandNotFound", { brandId: BrandId }) {
  override get message(): string {
    return `brand ${this.brandId} does not exist`
  }
}

/** A brand that has users is not removed: nobody could change their quotas any more. */
export class BrandInUse extends Schema.TaggedError<BrandInUse>()("BrandInUse", { brandId: BrandId }) {
  override get message(): string {
    return `brand ${this.brandId} has users`
  }
}

/** The brand as the change leaves it. */
export const changeBrand = (brand: Brand, change: BrandChange): Brand => ({
  ...brand,
  ...change,
  metaDetails: { ...brand.metaDetails, ...change.metaDetails },
  emailSettings: { ...brand.emailSettings, ...change.emailSettings }
})

/** The brands of resellers. */
export class Brands extends Context.Service<
  Brands,
  {
    readonly create: (brand: NewBrand) => Effect.Effect<Brand>
    /** Oldest first. */
    readonly list: (workspaceId: WorkspaceId) => Effect.Effect<ReadonlyArray<Brand>>
    readonly find: (workspaceId: WorkspaceId, id: BrandId) => Effect.Effect<Brand, BrandNotFound>
    /** Two at once follow one another: neither is lost. */
    readonly change: (workspaceId: WorkspaceId, id: BrandId, change: BrandChange) => Effect.Effect<Brand, BrandNotFound>
    readonly remove: (workspaceId: WorkspaceId, id: BrandId) => Effect.Effect<void, BrandInUse | BrandNotFound>
  }
>()("@butler/domain/Brands") {}
