import { readFileSync } from "node:fs"

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`seed/${name}.json`, import.meta.url), "utf8"))

/** The examples of the vendor's documentation, to the letter. */
export const seed = { request: read("request"), response: read("response"), agentLogs: read("agentLogs") }
