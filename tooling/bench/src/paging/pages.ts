import type { Contestant } from "../turn/Contestant.ts"
import { isRecord } from "../turn/callTurn.ts"

/** A list of the SiteGPT API. */
export interface List {
  readonly name: string
  readonly path: string
  /** Where the entries stand in the answer, and what their id is called. */
  readonly entries: string
  readonly id: string
  /** The ids it should have, in order. */
  readonly ids: ReadonlyArray<string>
}

export interface Page {
  readonly list: List
  readonly name: string
  readonly page: number
  readonly limit: number
}

const LIMITS = [20, 100]

/** The first, the middle and the last page of a list, of each size. */
export const pagesOf = (list: List): ReadonlyArray<Page> =>
  LIMITS.flatMap((limit) => {
    const last = Math.max(1, Math.ceil(list.ids.length / limit))
    return [
      { list, limit, name: "first", page: 1 },
      { list, limit, name: "middle", page: Math.ceil(last / 2) },
      { list, limit, name: "last", page: last }
    ]
  })

/** Asks for a page; rejects unless it is answered. Answers how long that took, and the text. */
export const ask = async (
  { key, pool }: Contestant,
  { limit, list, page }: Page
): Promise<{ readonly ms: number; readonly text: string }> => {
  const sent = performance.now()
  const { body, statusCode } = await pool.request({
    method: "GET",
    path: `${list.path}?page=${page}&limit=${limit}`,
    headers: { authorization: `Bearer ${key}` }
  })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`status ${statusCode}: ${text.slice(0, 500)}`)
  return { ms: performance.now() - sent, text }
}

/** Whether an answer has the entries that belong on the page, in order. */
export const isRight = ({ limit, list, page }: Page, text: string): boolean => {
  const answer: unknown = JSON.parse(text)
  const data = isRecord(answer) && isRecord(answer["data"]) ? answer["data"] : {}
  const entries: unknown = data[list.entries]
  const wanted = list.ids.slice((page - 1) * limit, page * limit)
  return (
    Array.isArray(entries) &&
    entries.length === wanted.length &&
    entries.every((entry: unknown, place) => isRecord(entry) && entry[list.id] === wanted[place])
  )
}
