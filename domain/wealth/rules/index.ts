export { currentActions } from './actions.ts'
export { evaluateRules, type RuleEvaluation } from './evaluate.ts'
export { fold } from './fold.ts'
export { compilePattern } from './pattern.ts'
export {
  type Rule,
  RULE_LIMITS,
  ruleAction,
  type RuleAction,
  type RuleCondition,
  ruleCondition,
} from './schema.ts'
export {
  type CategoryLabel,
  labelFields,
  type LabelField,
  type RuleChange,
  type RuleTransaction,
  type SplitLine,
} from './transaction.ts'
