export { defaultTurnRunnerOptions, TurnRunner, type TurnRunnerOptions } from "./runner/TurnRunner.ts"
export { type ExtractiveAnswer, type ExtractiveQuestion, extractAnswer } from "./answer/extractAnswer.ts"
export { answerToGreeting, nothingFound } from "./answer/phrases.ts"
export { EmbeddingsAiSdk, type EmbeddingsOptions } from "./embedding/EmbeddingsAiSdk.ts"
export { RerankerHttp, type RerankerOptions } from "./embedding/RerankerHttp.ts"
export { detectLanguage } from "./text/detectLanguage.ts"
export { languageName } from "./text/languageName.ts"
export { TextAnalyzerSnowball } from "./text/TextAnalyzerSnowball.ts"
export {
  AnswererLayer,
  AnswererLayerNoDeps,
  type AnswererNeeds,
  type AnswererOptions
} from "./pipeline/AnswererLayer.ts"
export { buildTaskIndex, type TaskFit, type TaskIndex } from "./task/TaskIndex.ts"
export { isPattern } from "./task/details/matchesPattern.ts"
export { endpointOf, isOperatorUrl } from "./model/chooseModel.ts"
export { isListed, listModels } from "./model/listModels.ts"
export { LanguageModelLazy } from "./model/LanguageModelLazy.ts"
export type { LanguageModelOptions } from "./model/LanguageModelOptions.ts"
export {
  modelConfig,
  ModelConfigIncomplete,
  modelSettings,
  operatorModel,
  type OperatorModel
} from "./model/modelConfig.ts"
export { defaultModelLimits, type ModelLimits } from "./model/modelLimits.ts"
export { awaitTurn, type SubmittedTurn, submitTurn } from "./runner/submitTurn.ts"
export type { TurnState } from "./runner/TurnState.ts"
export type { TurnStreamEvent } from "./runner/turnStream.ts"
export { type HandoverCommand, handOverDialog } from "./runner/handOverDialog.ts"
export { followUps } from "./suggest/followUps.ts"
export { type Suggested, Suggestions, type SuggestionsNeeds } from "./suggest/Suggestions.ts"
export { cancelTurn } from "./runner/cancelTurn.ts"
export { eraseContact } from "./runner/eraseContact.ts"
