import type { WhitelabelBrandResource, WhitelabelUserResource } from "@butler/contracts"
import type { Brand, WhitelabelUser } from "@butler/domain"
import { Redacted } from "effect"
import { timestamp } from "../messageResource.ts"

const SHOWN = 4
/** Shorter than this, four characters would be too much of it. */
const SHORT = 12

/** Enough of a secret to tell it from another. */
const masked = (secret: Redacted.Redacted | null): string => {
  if (secret === null) return ""
  const text = Redacted.value(secret)
  return `****${text.length < SHORT ? "" : text.slice(-SHOWN)}`
}

/** What both faces show of a brand. */
export const brandContent = (brand: Brand) => ({
  id: brand.id,
  name: brand.name,
  domain: brand.domain,
  marketingDomain: brand.marketingDomain,
  supportEmail: brand.supportEmail,
  color: brand.color,
  metaDetails: brand.metaDetails,
  terms: brand.terms,
  privacyPolicy: brand.privacyPolicy,
  logo: brand.logo,
  fullLogo: brand.fullLogo,
  emailSettings: { resendApiKey: masked(brand.resendApiKey), ...brand.emailSettings },
  defaultQuota: brand.defaultQuota
})

export const whitelabelBrandResource = (brand: Brand): WhitelabelBrandResource => ({
  ...brandContent(brand),
  ownedById: brand.workspaceId,
  createdAt: timestamp(brand.createdAt),
  updatedAt: timestamp(brand.updatedAt)
})

export const whitelabelUserResource = (
  { brandId, createdAt, email, id, quotas, updatedAt }: WhitelabelUser,
  more: Pick<WhitelabelUserResource, "apiKey" | "features"> = {}
): WhitelabelUserResource => ({
  id,
  brandId,
  email,
  name: "",
  profilePic: "",
  ...quotas,
  ...more,
  createdAt: timestamp(createdAt),
  updatedAt: timestamp(updatedAt)
})
