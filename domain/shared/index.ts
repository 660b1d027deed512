export * from './calendar/ages.ts'
export * from './calendar/arithmetic.ts'
export * from './calendar/dates.ts'
export * from './calendar/fiscal.ts'
export * from './calendar/months.ts'
export { canonicalJson } from './canonical-json.ts'
export { contentHash } from './content-hash.ts'
export { minorDigits } from './money/currencies.ts'
export * from './money/money.ts'
export { money, nonNegativeMoney } from './money/schemas.ts'
export { splitMoney } from './money/split-money.ts'
export { DomainError, type Issue } from './domain-error.ts'
export { findIssues, issuesOf, issuesUnder, type Rule, tryParse, unless } from './find-issues.ts'
export { differenceOf, differencesOf, type JsonDifference, sameJson } from './json-differences.ts'
export { findTooDeep, nestingLimit, tooDeepMessage } from './nesting.ts'
export {
  byKind,
  type Immutable,
  kindOf,
  listFrom,
  numberAbove,
  numberFrom,
  numberOf,
  numbersFrom,
  textOf,
  wholeNumberFrom,
} from './ranges.ts'
export { calendarDate, label, prose, uuid } from './texts.ts'
