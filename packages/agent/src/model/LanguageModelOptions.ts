import type { Dispatcher } from "undici"

export interface LanguageModelOptions {
  /** How long name, connection and TLS may take together. */
  readonly connectMs?: number
  /**
   * Dials the URLs that workspaces chose; it judges the address it dials. Without one such a URL is dialled like the
   * operator's own, which only a process that refused it when it was set may do.
   */
  readonly guarded?: Dispatcher
}
