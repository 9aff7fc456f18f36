import { Redacted } from "effect"

const LABEL = "unreadable"

/**
 * A credential that this process cannot decrypt, as it is stored. It stays with its agent until somebody replaces or removes it, and is
 * never sent to anyone.
 */
export const unreadable = (stored: string): Redacted.Redacted => Redacted.make(stored, { label: LABEL })

/** Whether a credential is one that cannot be decrypted. */
export const isUnreadable = (credential: { readonly label: string | undefined } | null | undefined): boolean =>
  credential?.label === LABEL
