export const DEFAULT_AGENT = "Butler"
