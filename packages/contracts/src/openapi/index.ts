export * from "../api.ts"
export * from "../httpClient.ts"
export * from "./openApiDocument.ts"
export * from "./routes.ts"
