import type { Dispatcher } from "undici"

export interface LanguageModelOptions {
  /** How long name, connection and TLS may take together, to the operator's own endpoint. */
  readonly connectMs?: number
  /**
   * Dials the URLs that workspaces chose, and judges each address as it dials it. Without one they are not dialled: the
   * operator's endpoint may stand in a private network, theirs may not.
   */
  readonly guarded?: Dispatcher
}
