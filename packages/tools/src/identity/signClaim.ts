import type { RunnableTurn, UserId } from "@butler/domain"
import type { IdentityKey } from "./identityKey.ts"

/** How long a claim is good for: as long as the longest call, and clocks that differ. */
const SECONDS = 300

export interface Claim {
  readonly turn: RunnableTurn
  readonly userId: UserId | null
  /** Whom it is made out to; nobody else is to take it. */
  readonly audience: string
  readonly now: number
}

/** A JSON Web Token, signed with EdDSA, that says in whose turn a tool is called. */
export const signClaim = async (
  { privateKey, publicKey }: IdentityKey,
  { audience, now, turn, userId }: Claim
): Promise<string> => {
  // As the SDK that it goes along with, it is loaded with the first call.
  const { SignJWT } = await import("jose")
  const { agent, contactId, dialogId, id, workspaceId } = turn
  const issued = Math.floor(now / 1000)
  const claims = { workspaceId, dialogId, turnId: id, agentId: agent.id, ...(userId !== null && { userId }) }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: publicKey.alg, kid: publicKey.kid, typ: "JWT" })
    .setIssuer("butler")
    .setSubject(contactId)
    .setAudience(audience)
    .setIssuedAt(issued)
    .setExpirationTime(issued + SECONDS)
    .sign(privateKey)
}
