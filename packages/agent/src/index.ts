export { defaultTurnRunnerOptions, TurnRunner, type TurnRunnerOptions } from "./runner/TurnRunner.ts"
export { awaitTurn, type SubmittedTurn, submitTurn, type TurnState } from "./runner/submitTurn.ts"
