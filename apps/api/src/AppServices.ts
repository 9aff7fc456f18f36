import type { Cipher } from "@butler/domain"
import type { Parser, Web } from "@butler/ingestion"
import type { RuntimeServices } from "@butler/runtime"
import type { Atomically } from "./bootstrap/Atomically.ts"
import type { AppConfig } from "./config.ts"
import type { RateLimiter } from "./http/RateLimiter.ts"

/** Everything a request may need. */
export type AppServices = AppConfig | Atomically | Cipher | Parser | RateLimiter | RuntimeServices | Web
