/** Languages whose speakers read another's, which short texts are taken for as well. */
const READS: Readonly<Record<string, string>> = { ms: "id" }

/** Something that there is of each language for this one: its own, or that of one its speakers read. */
export const inLanguage = <A>(all: Readonly<Record<string, A>>, language: string): A | undefined =>
  all[language] ?? all[READS[language] ?? ""]
