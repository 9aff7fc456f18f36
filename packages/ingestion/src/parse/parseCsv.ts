import Papa from "papaparse"
import { decodeText } from "./decodeText.ts"
import { type Parsed, type ParseRequest, plainPairs, plainText, Unreadable } from "./protocol.ts"

const QUESTION = /^(?:q|questions?|query|prompt|问题?|提问|問題|質問|вопрос|pregunta|pergunta|frage|domanda|คำถาม)$/iu
const ANSWER =
  /^(?:a|answers?|response|reply|答案?|回答|回复|答覆|ответ|respuesta|resposta|réponse|antwort|risposta|คำตอบ)$/iu

type Row = ReadonlyArray<string>

const pairsOf = (head: Row, rows: ReadonlyArray<Row>): Parsed | null => {
  const question = head.findIndex((cell) => QUESTION.test(cell))
  const answer = head.findIndex((cell) => ANSWER.test(cell))
  if (question < 0 || answer < 0) return null
  const pairs = rows.map((row) => ({ question: row[question] ?? "", answer: row[answer] ?? "" }))
  return plainPairs(pairs.filter((pair) => pair.question !== "" && pair.answer !== ""))
}

/** A row as a section of its own: under its first cell, each cell by the name of its column. */
const sectionOf = (head: Row, row: Row): string => {
  const cells = row.flatMap((cell, index) => (cell === "" ? [] : [`${head[index] ?? `${index + 1}`}: ${cell}`]))
  return cells.length === 0 ? "" : `## ${row.find((cell) => cell !== "") ?? ""}\n\n${cells.join("\n")}`
}

/** A table: questions with answers where its columns are called so, else a section for each row. */
export const parseCsv = ({ bytes, charset }: ParseRequest): Parsed => {
  const { data } = Papa.parse<ReadonlyArray<string>>(decodeText(bytes, charset), { skipEmptyLines: "greedy" })
  const [head, ...rows] = data.map((row) => row.map((cell) => cell.replace(/\s+/gu, " ").trim()))
  if (head === undefined || rows.length === 0) throw new Unreadable("no_text", "the table has no rows below its first")
  return pairsOf(head, rows) ?? plainText(rows.map((row) => sectionOf(head, row)).join("\n\n"))
}
