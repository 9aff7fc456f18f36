import type { DetectedLanguage, Task, TextAnalyzer } from "@butler/domain"
import { Effect } from "effect"
import { functionWordsOf } from "../answer/functionWords.ts"
import { calibrate } from "./calibrate.ts"
import { compareLessons } from "./compareLessons.ts"
import { learnTasks } from "./learnTasks.ts"
import { AT_ONCE, type Lesson } from "./Lesson.ts"
import { makeJudge } from "./makeJudge.ts"
import { type Features, taskFeatures } from "./taskFeatures.ts"
import { makeVocabulary } from "./Vocabulary.ts"

/** The task that fits a query best, and how well: below the threshold none does. */
export interface TaskFit {
  readonly task: Task
  readonly score: number
}

/** An agent's tasks, ready to be chosen from. */
export interface TaskIndex {
  readonly threshold: number
  readonly bestFit: (query: string, language: DetectedLanguage) => TaskFit | null
}

type Analyzer = TextAnalyzer["Service"]

/** Of all tasks together, the first of each: so many are learnt in some seconds, and take 40 MB meanwhile. */
const MOST_EXAMPLES = 2_500

/** What is read of an example or a query; what is pasted behind it adds time and no meaning. */
const READ = 1_000

/** A task's name and description count as this many examples: on two sets of shops' tasks they bring 0.05, on a bank's nothing. */
const NAME_WEIGHT = 2

/** `track_order` and `trackOrder` in words. */
const inWords = ({ description, name }: Task): string =>
  `${name.replaceAll(/[_-]+/gu, " ").replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")}. ${description}`

/** The language that most of the texts are in, where they are long enough to tell. */
const usualLanguage = (languages: ReadonlyArray<DetectedLanguage>): string => {
  const counts = new Map<string, number>()
  for (const { certain, code } of languages) counts.set(code, (counts.get(code) ?? 0) + (certain ? 1 : 0.1))
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), ["en", 0] as const)[0]
}

/** Reads texts in one of the languages that the examples are in: a short text is easily taken for another. */
const makeReader = (analyzer: Analyzer, languages: ReadonlyArray<DetectedLanguage>) => {
  const usual = usualLanguage(languages)
  const spoken = new Set(languages.filter(({ certain }) => certain).map(({ code }) => code))
  const termsOf = (text: string, code: string) => analyzer.terms(text, { code, certain: true })
  const read = (text: string, { certain, code }: DetectedLanguage): Features =>
    taskFeatures(text, termsOf(text, certain && spoken.has(code) ? code : usual))
  const lightIn = (code: string) => termsOf([...functionWordsOf({ code, certain: true })].join(" "), code)
  return { read, light: new Set([usual, ...spoken].flatMap(lightIn)) }
}

/** What the tasks are known by, by turns, so that no task is learnt behind all others: first all names, then an example of each. */
const textsOf = (tasks: ReadonlyArray<Task>) => {
  const longest = Math.max(0, ...tasks.map(({ examples }) => examples.length))
  const most = Math.min(longest, Math.floor(MOST_EXAMPLES / Math.max(1, tasks.length)))
  return Array.from({ length: most + 1 }, (_, turn) =>
    tasks.flatMap((described, task) => {
      const text = turn === 0 ? inWords(described) : described.examples[turn - 1]
      return text === undefined ? [] : [{ task, text, turn, weight: turn === 0 ? NAME_WEIGHT : 1 }]
    })
  ).flat()
}

const UNKNOWN: DetectedLanguage = { code: "en", name: "English", certain: false }

/** Maps some at a time and lets others run in between. */
const inSlices = Effect.fnUntraced(function* <A, B>(all: ReadonlyArray<A>, map: (one: A, index: number) => B) {
  const mapped: Array<B> = []
  for (const [index, one] of all.entries()) {
    if (index % AT_ONCE === 0) yield* Effect.yieldNow
    mapped.push(map(one, index))
  }
  return mapped
})

/** Makes tasks ready to be chosen from: 77 with 10 examples each in 0.3 s. Deterministic. */
export const buildTaskIndex = Effect.fn("buildTaskIndex")(function* (tasks: ReadonlyArray<Task>, analyzer: Analyzer) {
  const texts = textsOf(tasks)
  const languages = yield* inSlices(texts, ({ text }) => analyzer.detectLanguage(text))
  const { light, read } = makeReader(analyzer, languages)
  const told = yield* inSlices(texts, ({ text }, index) => read(text.slice(0, READ), languages[index] ?? UNKNOWN))
  const vocabulary = makeVocabulary(told, light)
  const vectors = yield* inSlices(told, vocabulary.vectorOf)
  const lessons = texts.flatMap(({ task, turn, weight }, index): ReadonlyArray<Lesson> => {
    const vector = vectors[index]
    return vector === undefined ? [] : [{ task, turn, weight, vector }]
  })
  const likeness = yield* compareLessons(lessons, vocabulary.size)
  const threshold = yield* calibrate(lessons, likeness, tasks.length)
  const learnt = yield* learnTasks(lessons, [...lessons.keys()], likeness, tasks.length)
  const judged = yield* makeJudge(lessons, learnt, vocabulary.size, tasks.length)
  const index: TaskIndex = {
    threshold,
    bestFit: (query, language) => {
      const fit = judged(vocabulary.vectorOf(read(query.slice(0, READ), language)))
      const task = tasks[fit.task]
      return task === undefined ? null : { task, score: fit.score }
    }
  }
  return index
})
