export { type PostgresServer, type PostgresServerOptions, startPostgres } from "./startPostgres.ts"
export { type ChatMessage, chatMessages } from "./model/chatMessages.ts"
export { echo, type EchoOptions } from "./model/echo.ts"
export type {
  ModelChunk,
  ModelReply,
  ModelRequest,
  ModelScript,
  ModelToolCall,
  ModelUsage
} from "./model/ModelReply.ts"
export { type ModelServer, type ModelServerOptions, startModelServer } from "./model/startModelServer.ts"
export { type Meanings, type RetrievalServer, startRetrievalServer } from "./model/startRetrievalServer.ts"
export { ok, type ReceivedRequest, type ReceiverReply, type ReceiverScript } from "./receiver/ReceiverReply.ts"
export { type Receiver, type ReceiverOptions, startReceiver } from "./receiver/startReceiver.ts"
export { testCertificate, testKey } from "./receiver/testCertificate.ts"
export {
  echoTool,
  sendJson,
  startToolServer,
  toolResult,
  type ToolRequest,
  type ToolScript,
  type ToolServer
} from "./tools/startToolServer.ts"
export { type NodeProcess, startNode } from "./process/startNode.ts"
