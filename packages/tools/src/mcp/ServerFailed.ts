import { ToolFailed } from "@butler/domain"
import { Schema } from "effect"

/** A server gave nothing that is of use. `detail` is safe to show: neither secrets nor the server's own text. */
export class ServerFailed extends Schema.TaggedError<ServerFailed>()("ServerFailed", {
  reason: ToolFailed.fields.reason,
  detail: Schema.String
}) {
  override get message(): string {
    return this.detail
  }
}
