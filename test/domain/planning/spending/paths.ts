import {
  beginPath,
  createSpendingState,
  prepareSpendingRule,
  type SpendingReason,
  spendingForYear,
  spendingReasons,
  type SpendingRuleSpec,
  type SpendingSpec,
  type SpendingYear,
} from '../../../../domain/planning/spending/index.ts'

/** A specification without essential spending. All spending decides success. */
export const spending = (rule: SpendingRuleSpec, rest: Partial<SpendingSpec> = {}): SpendingSpec => ({
  rule,
  essentialReal: 0,
  success: 'all',
  ...rest,
})

export interface YearSpent {
  total: number
  essential: number
  discretionary: number
  reasons: SpendingReason[]
  equitiesSpared: boolean
}

/** Spending of successive years. Defaults: age 65, a balance of 1,000,000, no inflation, no return, 30 years left. */
export function spend(spec: SpendingSpec, years: Partial<SpendingYear>[]): YearSpent[] {
  const rule = prepareSpendingRule(spec)
  const state = createSpendingState()
  beginPath(state)
  return years.map(changes => {
    const year = { age: 65, balance: 1_000_000, priceIndex: 1, inflation: 0, portfolioReturn: 0, yearsLeft: 30, ...changes }
    const total = spendingForYear(rule, state, year)
    const { essential, discretionary, equitiesSpared } = state
    return { total, essential, discretionary, reasons: spendingReasons(state.reasons), equitiesSpared }
  })
}

export const totals = (spec: SpendingSpec, years: Partial<SpendingYear>[]): number[] => spend(spec, years).map(year => year.total)
