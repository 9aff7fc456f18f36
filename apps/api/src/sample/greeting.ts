import { DialogId, UserId } from "@butler/domain"
import { seedRequest } from "./seedRequest.ts"

/** The sample contact's dialog begins with this exchange. */
export const greeting = {
  dialogId: DialogId.make(seedRequest.dialogId),
  userId: UserId.make(seedRequest.userId),
  channel: seedRequest.channelType,
  query: "你好",
  reply: "您好!我是退款助手,请问有什么可以帮您?"
}
