import { AgentSettings, CannotDecrypt, type Cipher, isUnreadable, unreadable, type WorkspaceId } from "@butler/domain"
import { Predicate, Redacted, Schema } from "effect"

type Change = (secret: string) => Redacted.Redacted

/** A copy with every secret changed, but for those that are stored as they are. */
const withSecrets = (value: unknown, change: Change): unknown => {
  if (Redacted.isRedacted(value)) return isUnreadable(value) ? value : change(String(Redacted.value(value)))
  if (Array.isArray(value)) return value.map((entry: unknown) => withSecrets(entry, change))
  if (!Predicate.isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withSecrets(entry, change)]))
}

const decode = Schema.decodeUnknownSync(AgentSettings)
const encode = Schema.encodeUnknownSync(AgentSettings)
const checked = Schema.decodeUnknownSync(Schema.toType(AgentSettings))

/** Settings as they are stored: credentials encrypted, all else as JSON. */
export const sealSettings = (cipher: Cipher["Service"], workspaceId: WorkspaceId, settings: AgentSettings): unknown =>
  encode(withSecrets(settings, (secret) => Redacted.make(cipher.encrypt({ workspaceId, purpose: "agent" }, secret))))

/** Settings as they were before they were stored; what cannot be decrypted is `unreadable` in them. */
export const openSettings = (cipher: Cipher["Service"], workspaceId: WorkspaceId, stored: unknown): AgentSettings => {
  const open = (secret: string): Redacted.Redacted => {
    try {
      return Redacted.make(cipher.decrypt({ workspaceId, purpose: "agent" }, secret))
    } catch (cause) {
      if (cause instanceof CannotDecrypt) return unreadable(secret)
      throw cause
    }
  }
  return checked(withSecrets(decode(stored), open))
}
