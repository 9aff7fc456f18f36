export { IngestionRunner, type IngestionRunnerOptions } from "./IngestionRunner.ts"
export { kindOfFile } from "./parse/kindOf.ts"
export { Parser, type ParserOptions } from "./parse/Parser.ts"
export { Web } from "./web/Web.ts"
