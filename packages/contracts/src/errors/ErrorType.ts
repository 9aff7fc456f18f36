/** What can be refused, in words for all faces. */
export interface ErrorType {
  readonly status: number
  /** The `message` of the butler face and the `title` of the native one. */
  readonly en: string
  readonly zh: string
  /** When it is answered, for the document. */
  readonly when: string
}
