import { AgentSettings, type Cipher, type WorkspaceId } from "@butler/domain"
import { Predicate, Redacted, Schema } from "effect"

type Change = (secret: string) => string | null

/** A copy with every secret changed, and without those that become null. */
const withSecrets = (value: unknown, change: Change): unknown => {
  if (Redacted.isRedacted(value)) {
    const changed = change(String(Redacted.value(value)))
    return changed === null ? undefined : Redacted.make(changed)
  }
  if (Array.isArray(value)) return value.map((entry: unknown) => withSecrets(entry, change))
  if (!Predicate.isObject(value)) return value
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [key, withSecrets(entry, change)])
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined))
}

const decode = Schema.decodeUnknownSync(AgentSettings)
const encode = Schema.encodeUnknownSync(AgentSettings)
const checked = Schema.decodeUnknownSync(Schema.toType(AgentSettings))

/** Settings as they are stored: credentials encrypted, all else as JSON. */
export const sealSettings = (cipher: Cipher["Service"], workspaceId: WorkspaceId, settings: AgentSettings): unknown =>
  encode(withSecrets(settings, (secret) => cipher.encrypt({ workspaceId, purpose: "agent" }, secret)))

/** Settings as they were before they were stored. `unreadable` may put something in the place of what cannot be decrypted. */
export const openSettings = (
  cipher: Cipher["Service"],
  workspaceId: WorkspaceId,
  stored: unknown,
  unreadable: (cause: unknown) => null = (cause) => {
    throw cause
  }
): AgentSettings => {
  const open = (secret: string): string | null => {
    try {
      return cipher.decrypt({ workspaceId, purpose: "agent" }, secret)
    } catch (cause) {
      return unreadable(cause)
    }
  }
  return checked(withSecrets(decode(stored), open))
}
