export * from "./agent/AgentLog.ts"
export * from "./ids.ts"
