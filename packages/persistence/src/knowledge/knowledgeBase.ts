/** The one knowledge base a workspace has today. */
export const KNOWLEDGE_BASE = 1

/** Occurrences and lengths are stored in two bytes; a passage has some hundred terms. */
export const MOST_TERMS = 32_767
