import type { Cipher, DeliveryId, SecretPlace } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import type { StoredToken, ToldThread } from "./threadEvents.ts"

/** Only what is still as it was read. */
const replaceToken = (db: Kysely<DB>, { chatbotId, of, stored, threadId, workspaceId }: StoredToken, sealed: string) =>
  (of === "thread"
    ? sql`
      update thread set webhook_token = ${sealed}
      where workspace_id = ${workspaceId}::uuid and dialog_id = ${threadId} and webhook_token = ${stored}`
    : sql`
      update chatbot set webhook_token = ${sealed}
      where workspace_id = ${workspaceId}::uuid and agent_id = ${chatbotId}::bigint and webhook_token = ${stored}`
  ).execute(db)

/**
 * The tokens to send, by delivery. One that cannot be decrypted must not keep all others' deliveries from being sent: then
 * none is sent, and the receiver says what it thinks of that. One from before there was a key is encrypted now, at its first use.
 */
export const openTokens = async (
  db: Kysely<DB>,
  cipher: Cipher["Service"],
  told: ReadonlyMap<DeliveryId, ToldThread>
): Promise<ReadonlyMap<DeliveryId, string>> => {
  const opened = new Map<DeliveryId, string>()
  const plain = new Map<string, StoredToken>()
  for (const [id, { token }] of told) {
    if (token === null) continue
    const place: SecretPlace = { workspaceId: token.workspaceId, purpose: "webhook" }
    try {
      const clear = cipher.decrypt(place, token.stored)
      opened.set(id, clear)
      if (clear === token.stored) plain.set(`${token.workspaceId}/${token.of}/${clear}`, token)
    } catch {
      continue
    }
  }
  if (cipher.hasKey) {
    for (const token of plain.values()) {
      const sealed = cipher.encrypt({ workspaceId: token.workspaceId, purpose: "webhook" }, token.stored)
      await replaceToken(db, token, sealed)
    }
  }
  return opened
}
