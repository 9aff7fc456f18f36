export { defaultTurnRunnerOptions, TurnRunner, type TurnRunnerOptions } from "./runner/TurnRunner.ts"
