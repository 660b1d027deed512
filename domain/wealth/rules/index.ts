export { evaluateRules, type RuleEvaluation } from './evaluate.ts'
export { fold, wordsOf } from './fold.ts'
export { compilePattern } from './pattern.ts'
export {
  amountOperators,
  labelAction,
  type Rule,
  RULE_LIMITS,
  ruleAction,
  type RuleAction,
  type RuleCondition,
  ruleCondition,
  textOperators,
} from './schema.ts'
export {
  type CategoryLabel,
  hundredthsOf,
  labelFields,
  type LabelField,
  type RuleChange,
  type RuleTransaction,
  type SplitLine,
} from './transaction.ts'
