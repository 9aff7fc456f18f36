export { type PostgresServer, type PostgresServerOptions, startPostgres } from "./startPostgres.ts"
