import { Schema } from "effect"

/** The address may not be reached. `reason` is for whoever gave the URL. */
export class EgressRefused extends Schema.TaggedError<EgressRefused>()("EgressRefused", { reason: Schema.String }) {
  override get message(): string {
    return this.reason
  }
}
