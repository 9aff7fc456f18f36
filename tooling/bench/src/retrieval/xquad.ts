import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Schema } from "effect"

const Squad = Schema.fromJsonString(
  Schema.Struct({
    data: Schema.Array(
      Schema.Struct({
        paragraphs: Schema.Array(
          Schema.Struct({ context: Schema.String, qas: Schema.Array(Schema.Struct({ question: Schema.String })) })
        )
      })
    )
  })
)
const decode = Schema.decodeSync(Squad)

/** A paragraph with the questions that it alone answers. */
export interface Paragraph {
  readonly text: string
  readonly questions: ReadonlyArray<string>
}

const FILE = /^xquad\.([a-z]{2})\.json$/u

/** The languages a folder has questions in, as `xquad.<language>.json` in SQuAD's format. */
export const languagesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder)
    .flatMap((file) => FILE.exec(file)?.[1] ?? [])
    .toSorted()

export const paragraphsOf = (folder: string, language: string): ReadonlyArray<Paragraph> =>
  decode(readFileSync(join(folder, `xquad.${language}.json`), "utf8"))
    .data.flatMap(({ paragraphs }) => paragraphs)
    .map(({ context, qas }) => ({ text: context, questions: qas.map(({ question }) => question) }))
