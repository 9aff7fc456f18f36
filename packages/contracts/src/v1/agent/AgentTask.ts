import { DetailKind } from "@butler/domain"
import { Schema } from "effect"
import { list, named } from "../../fields/list.ts"
import { pattern } from "../../fields/pattern.ts"
import { text } from "../../fields/text.ts"
import { optional } from "../../fields/unset.ts"

const detail = Schema.Struct({
  name: pattern(/^[A-Za-z_][A-Za-z0-9_]*$/, 64, "a name of letters, digits and _, such as order_number", {
    description: "How instructions and tools speak of it."
  }),
  kind: DetailKind,
  question: optional(text(1, 1000), { description: "How the contact is asked, in place of our own words." }),
  pattern: optional(text(1, 500), {
    description: "What its text must look like from start to end, as a regular expression in RE2's syntax."
  }),
  choices: optional(list(text(1, 200), 100), { description: "What a `choice` is made from." })
}).annotate({ identifier: "AgentTaskDetail", description: "Something a task cannot do without." })

/** What contacts come with. */
export const AgentTask = Schema.Struct({
  name: text(1, 64),
  description: text(0, 1000),
  examples: list(text(1, 500), 200).annotate({
    description: "How contacts say it, in whatever languages they do; ten or more tell tasks well apart."
  }),
  instructions: optional(text(1, 8000), {
    description: "What the agent is told to do, beyond its own instructions, while it is at this task."
  }),
  tools: optional(list(text(1, 128), 50), {
    description: "The only tools it may call meanwhile; without them all of the agent's."
  }),
  details: optional(named(detail, 20), { description: "Asked for in this order." })
}).annotate({ identifier: "AgentTask", description: "What contacts come with, and how the agent sees to it." })
