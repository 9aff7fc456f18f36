/** Why a request has no answer of the server's own. */
export type AnswerFault = "too_large" | "broken_off" | "not_an_answer"

/** Above the codes that MCP and JSON-RPC have taken. */
const CODES: Readonly<Record<AnswerFault, number>> = {
  too_large: -31_901,
  broken_off: -31_902,
  not_an_answer: -31_903
}

/** The answer given in the server's place, so that whoever waits for it is told at once. */
export const faultAnswer = (id: string | number, fault: AnswerFault) => ({
  jsonrpc: "2.0" as const,
  id,
  error: { code: CODES[fault], message: fault }
})

/** The fault that an error's code stands for. */
export const faultOf = (code: number): AnswerFault | null => {
  for (const fault of ["too_large", "broken_off", "not_an_answer"] as const) if (CODES[fault] === code) return fault
  return null
}
