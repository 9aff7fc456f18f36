export * from "./ids.ts"
