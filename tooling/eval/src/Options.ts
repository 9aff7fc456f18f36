import { parseArgs } from "node:util"
import type { Side } from "./replay.ts"

export interface Options {
  readonly file: string
  /** The workspace's default agent without it. */
  readonly agent: string | undefined
  readonly side: Side
  readonly against: Side | undefined
  /** A running server; without it one is started, with an empty home, for this run. */
  readonly server: { readonly url: string; readonly key: string } | undefined
  /** Of a started server: a file of documents in place of the sample, and the default agent's settings. */
  readonly knowledge: string | undefined
  readonly settings: string | undefined
  /** The share of turns that must be as expected. */
  readonly minPass: number
  readonly atOnce: number
}

export const USAGE =
  "usage: pnpm eval --file dialogs.jsonl [--agent ID] [--draft] [--against published|draft]\n" +
  "                 [--url URL --key KEY | --knowledge documents.jsonl --settings agent.json]\n" +
  "                 [--min-pass 1] [--at-once 4]\n"

const isSide = (text: string | undefined): text is Side | undefined =>
  text === undefined || text === "published" || text === "draft"

const serverOf = (url: string | undefined, key: string | undefined) =>
  url === undefined || key === undefined ? undefined : { url, key }

/** What the command line asks for; throws with the reason when that is nothing we do. */
export const parseOptions = (args: ReadonlyArray<string>): Options => {
  const text = { type: "string" } as const
  const { values } = parseArgs({
    // What pnpm puts between a script and its arguments.
    args: args.filter((arg) => arg !== "--"),
    options: {
      file: text,
      agent: text,
      draft: { type: "boolean", default: false },
      against: text,
      url: text,
      key: text,
      knowledge: text,
      settings: text,
      "min-pass": { type: "string", default: "1" },
      "at-once": { type: "string", default: "4" }
    }
  })
  const { against, agent, draft, file, key, knowledge, settings, url } = values
  const side = draft ? "draft" : "published"
  const minPass = Number(values["min-pass"])
  const atOnce = Number(values["at-once"])
  if (file === undefined) throw new Error("--file is missing")
  if ((url === undefined) !== (key === undefined)) throw new Error("--url and --key go together")
  if (url !== undefined && (knowledge ?? settings) !== undefined) {
    throw new Error("--knowledge and --settings are for a server that is started here, not for --url")
  }
  if (!isSide(against)) throw new Error("--against is published or draft")
  if (against === side) throw new Error(`it is the ${side} side that is evaluated: --against names the other`)
  if (!(minPass >= 0 && minPass <= 1)) throw new Error("--min-pass is a share, from 0 to 1")
  if (!Number.isInteger(atOnce) || atOnce < 1 || atOnce > 64) throw new Error("--at-once is from 1 to 64")
  return { file, agent, side, against, server: serverOf(url, key), knowledge, settings, minPass, atOnce }
}
