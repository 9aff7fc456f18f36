import type { QuestionAnswer } from "@butler/domain"
import Papa from "papaparse"
import { decodeText } from "./decodeText.ts"
import { type Parsed, type ParseRequest, plainPairs, plainText, refuseTooLong, Unreadable } from "./protocol.ts"

const QUESTION = /^(?:q|questions?|query|prompt|问题?|提问|問題|質問|вопрос|pregunta|pergunta|frage|domanda|คำถาม)$/iu
const ANSWER =
  /^(?:a|answers?|response|reply|答案?|回答|回复|答覆|ответ|respuesta|resposta|réponse|antwort|risposta|คำตอบ)$/iu

/** A first line for Excel alone, which is told by it what parts the cells. */
const HINT = /^\uFEFF?sep=.\r?\n/u

type Row = ReadonlyArray<string>

/** What rows come to, one after the other; a row's characters are those that are kept of it. */
interface Reader {
  readonly read: (row: Row) => number
  readonly result: () => Parsed
}

const pairReader = (question: number, answer: number): Reader => {
  const pairs: Array<QuestionAnswer> = []
  return {
    read: (row) => {
      const pair = { question: row[question] ?? "", answer: row[answer] ?? "" }
      if (pair.question === "" || pair.answer === "") return 0
      pairs.push(pair)
      return pair.question.length + pair.answer.length
    },
    result: () => plainPairs(pairs)
  }
}

/** A row as a section of its own: under its first cell, each cell by the name of its column. */
const sectionReader = (head: Row): Reader => {
  const sections: Array<string> = []
  return {
    read: (row) => {
      const cells = row.flatMap((cell, index) => (cell === "" ? [] : [`${head[index] ?? `${index + 1}`}: ${cell}`]))
      const section = cells.length === 0 ? "" : `## ${row.find((cell) => cell !== "") ?? ""}\n\n${cells.join("\n")}`
      sections.push(section)
      return section.length
    },
    result: () => plainText(sections.join("\n\n"))
  }
}

const readerOf = (head: Row): Reader => {
  const question = head.findIndex((cell) => QUESTION.test(cell))
  const answer = head.findIndex((cell) => ANSWER.test(cell))
  return question < 0 || answer < 0 ? sectionReader(head) : pairReader(question, answer)
}

/**
 * A table: questions with answers where its columns are called so, else a section for each row. It is read row by row, and no
 * further than a file may say: as cells, 50 MB take 400 MB.
 */
export const parseCsv = ({ bytes, charset }: ParseRequest): Parsed => {
  const readers: Array<Reader> = []
  let rows = 0
  let characters = 0
  Papa.parse<Row>(decodeText(bytes, charset).replace(HINT, ""), {
    skipEmptyLines: "greedy",
    step: ({ data }) => {
      const row = data.map((cell) => cell.replace(/\s+/gu, " ").trim())
      const [reader] = readers
      if (reader === undefined) readers.push(readerOf(row))
      else {
        rows += 1
        characters += reader.read(row)
        refuseTooLong(characters)
      }
    }
  })
  const [reader] = readers
  if (reader === undefined || rows === 0) {
    throw new Unreadable("no_text", "the table has no rows below its first")
  }
  return reader.result()
}
