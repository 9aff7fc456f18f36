import type { CallToolResult } from "@modelcontextprotocol/client"
import { cut, plainText } from "./plainText.ts"

type Block = CallToolResult["content"][number]

/** A model reads text alone; of all else it is told that it is there. */
const textOf = (block: Block): string => {
  switch (block.type) {
    case "text":
      return block.text
    case "image":
    case "audio":
      return `[${block.type}, ${block.mimeType}, not shown]`
    case "resource_link":
      return `[${block.name}: ${block.uri}]`
    case "resource":
      return "text" in block.resource ? block.resource.text : `[${block.resource.uri}, not shown]`
  }
}

/** What a call gave, as text: its content, else its structured content as JSON. */
export const resultText = ({ content, structuredContent }: CallToolResult, most: number): string => {
  const text = content.map(textOf).join("\n")
  const said = text.trim() === "" && structuredContent !== undefined ? JSON.stringify(structuredContent) : text
  return cut(plainText(said), most)
}
