import { english } from "./phrases/english.ts"
import { inLanguage } from "../text/inLanguage.ts"
import { latin } from "./phrases/latin.ts"
import { more } from "./phrases/more.ts"
import { other } from "./phrases/other.ts"
import type { TaskPhrases } from "./phrases/TaskPhrases.ts"

const PHRASES: Readonly<Record<string, TaskPhrases>> = { ...latin, ...more, ...other }

/** The phrases of a language; English where we do not speak it. */
export const taskPhrases = (language: string): TaskPhrases => inLanguage(PHRASES, language) ?? english
