import { readFileSync } from "node:fs"
import { findPackageJSON } from "node:module"
import { join } from "node:path"

/** What eld knows of each n-gram: by language number, how much it speaks for that language. */
export interface NgramTable {
  /** The language of each number. */
  readonly languages: ReadonlyArray<string>
  /** Adds what an n-gram speaks for to the sums of all languages. */
  readonly addScores: (ngram: string, sums: Array<number>) => void
}

export interface EldTables extends NgramTable {
  /** The character that stands for each byte. */
  readonly characters: ReadonlyArray<string>
  /** The score of a text that is in that language, on average. */
  readonly averages: ReadonlyMap<string, number>
}

const manifest = findPackageJSON("eld", import.meta.url)

const readEld = (file: string): string => {
  if (manifest === undefined) throw new Error("the package eld is not installed")
  return readFileSync(join(manifest, "..", "src", file), "utf8")
}

/** eld leaves this much out of every score. */
const LEAST = 53

const LANGUAGE = /(\d+):'(\w+)'/gu
const NGRAM = /(?:'((?:[^'\\]|\\.)+)'|([^'{},:]+)):\{([\d:,]+)\}/gu

/** So many languages are told apart, so there are never as many scores to an n-gram. */
const MOST_SCORES = 64

const readNgrams = (source: string): NgramTable => {
  const [names = "", ngrams = ""] = source.split("ngrams:{")
  const languages = Array.from(names.matchAll(LANGUAGE), ([, , code = ""]) => code)
  const places = new Map<string, number>()
  const numbers: Array<number> = []
  const scores: Array<number> = []
  for (const [, quoted, plain, pairs = ""] of ngrams.matchAll(NGRAM)) {
    const start = scores.length
    for (const pair of pairs.split(",")) {
      const [number, score] = pair.split(":")
      numbers.push(Number(number))
      scores.push(Number(score) + LEAST)
    }
    const ngram = quoted?.replaceAll("\\", "") ?? plain ?? ""
    places.set(ngram, start * MOST_SCORES + scores.length - start)
  }
  if (languages.length === 0 || places.size === 0)
    throw new Error("this version of eld keeps its n-grams in another way")
  const [numberAt, scoreAt] = [Uint8Array.from(numbers), Uint16Array.from(scores)]
  return {
    languages,
    addScores: (ngram, sums) => {
      const place = places.get(ngram) ?? 0
      const start = Math.floor(place / MOST_SCORES)
      for (let at = start; at < start + (place % MOST_SCORES); at += 1) {
        const number = numberAt[at] ?? 0
        sums[number] = (sums[number] ?? 0) + (scoreAt[at] ?? 0)
      }
    }
  }
}

const readCharacters = (source: string): ReadonlyArray<string> =>
  Array.from(source.slice(source.indexOf("[")).matchAll(/'\\?(.)'/gu), ([, character = ""]) => character)

const readAverages = (source: string): ReadonlyMap<string, number> =>
  new Map(Array.from(source.matchAll(/'(\w+)': ([\d.]+)/gu), ([, code = "", average]) => [code, Number(average)]))

/**
 * Reads eld's extra small set of n-grams as text. Imported, as eld does it, it is 49,000 objects: 28 MB, and 82 MB resident
 * for their making. Here it is 4 MB.
 */
export const readEldTables = (): EldTables => ({
  ...readNgrams(readEld("ngrams/extrasmall.js")),
  characters: readCharacters(readEld("dictionary.js")),
  averages: readAverages(readEld("avgScore.js"))
})
