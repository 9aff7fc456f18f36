import type { Migration } from "kysely/migration"
import { core } from "./0001_core.ts"
import { knowledge } from "./0002_knowledge.ts"
import { webhooks } from "./0003_webhooks.ts"
import { agentSettings } from "./0004_agent_settings.ts"
import { handover } from "./0005_handover.ts"
import { upkeep } from "./0007_upkeep.ts"
import { agents } from "./0008_agents.ts"
import { rateLimits } from "./0009_rate_limits.ts"
import { modelUse } from "./0010_model_use.ts"
import { turnCheckpoints } from "./0012_turn_checkpoints.ts"
import { contactDetails } from "./0013_contact_details.ts"
import { tasks } from "./0014_tasks.ts"
import { memories } from "./0015_memories.ts"
import { knowledgeBases } from "./0016_knowledge_bases.ts"
import { knowledgeSources } from "./0017_knowledge_sources.ts"
import { unansweredQuestions } from "./0018_unanswered_questions.ts"
import { chatbots } from "./0019_chatbots.ts"
import { threads } from "./0020_threads.ts"
import { threadDetails } from "./0021_thread_details.ts"
import { vectors } from "./0022_vectors.ts"
import { chatbotIcons } from "./0024_chatbot_icons.ts"
import { whitelabel } from "./0025_whitelabel.ts"
import { chatbotWebhooks } from "./0026_chatbot_webhooks.ts"
import { packedPostings } from "./0027_packed_postings.ts"
import { recentPostings } from "./0028_recent_postings.ts"

/** In order of their names, which a released version never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001_core": core,
  "0002_knowledge": knowledge,
  "0003_webhooks": webhooks,
  "0004_agent_settings": agentSettings,
  "0005_handover": handover,
  "0007_upkeep": upkeep,
  "0008_agents": agents,
  "0009_rate_limits": rateLimits,
  "0010_model_use": modelUse,
  "0012_turn_checkpoints": turnCheckpoints,
  "0013_contact_details": contactDetails,
  "0014_tasks": tasks,
  "0015_memories": memories,
  "0016_knowledge_bases": knowledgeBases,
  "0017_knowledge_sources": knowledgeSources,
  "0018_unanswered_questions": unansweredQuestions,
  "0019_chatbots": chatbots,
  "0020_threads": threads,
  "0021_thread_details": threadDetails,
  "0022_vectors": vectors,
  "0024_chatbot_icons": chatbotIcons,
  "0025_whitelabel": whitelabel,
  "0026_chatbot_webhooks": chatbotWebhooks,
  "0027_packed_postings": packedPostings,
  "0028_recent_postings": recentPostings
}
