import { extractDetails } from "@butler/tools/details"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import { countryOf } from "../task/details/countryOf.ts"

const KINDS = ["name", "email", "phone", "order_number"] as const

/** As a task lists what it needs. */
export const TOLD = { details: KINDS.map((kind) => ({ name: kind, kind })) }

/** What the contact says of itself in the turn, where the agent is to keep that; nobody was asked for it. */
export const toldDetails = ({ language, turn }: TurnWork): Readonly<Record<string, string>> =>
  turn.agent.settings?.internalTools?.includes("collect_details") === true
    ? extractDetails(turn.query, KINDS, countryOf(language.code))
    : {}
