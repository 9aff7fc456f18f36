import { createHash } from "node:crypto"
import { ToolServerTransport, type WorkspaceId } from "@butler/domain"
import { Schema } from "effect"

const encode = Schema.encodeSync(ToolServerTransport)

/**
 * What connections are shared by: whoever of a workspace speaks to the same server as the same. A definition that is changed has
 * another one.
 */
export interface ServerKey {
  readonly id: string
  readonly transport: ToolServerTransport
}

export const serverKey = (workspaceId: WorkspaceId, transport: ToolServerTransport): ServerKey => {
  const definition = JSON.stringify([workspaceId, encode(transport)])
  return { id: createHash("sha256").update(definition).digest("base64url"), transport }
}
