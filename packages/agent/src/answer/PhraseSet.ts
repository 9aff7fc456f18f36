/** What we say in our own words, in one language. */
export interface PhraseSet {
  readonly nothingFound: string
  readonly handedOver: string
  readonly budgetSpent: string
  readonly noAnswer: string
  readonly notDone: string
  readonly greeting: (agentName: string) => string
  /** What people open a talk with, in lower case and without punctuation. */
  readonly greetings: ReadonlyArray<string>
}
