import { type PreparedRule, prepareSpendingRule, type SpendingRuleSpec, vpwGrowthReal } from '../../spending/index.ts'
import type { CapeBasedRule, SpendingPolicy } from '../spec.ts'
import { uniformLifetimeDivisors } from './account-ages.ts'

/**
 * The meaning of a rule's amount: a multiple of planned expenses, a multiple of the planned draw (the part of expenses that the portfolio
 * pays beside other income), or a draw in dollars.
 */
export type RuleMeasure = 'planned_expenses' | 'planned_draw' | 'portfolio_draw'

const MEASURES: Record<SpendingPolicy['rule']['kind'], RuleMeasure> = {
  constant_real: 'planned_expenses',
  ratchet: 'planned_draw',
  guyton_klinger: 'planned_draw',
  fixed_percent: 'portfolio_draw',
  floor_ceiling: 'portfolio_draw',
  vpw: 'portfolio_draw',
  rmd: 'portfolio_draw',
  ninety_five_percent: 'portfolio_draw',
  one_over_n: 'portfolio_draw',
  hebeler_autopilot: 'portfolio_draw',
  cape_based: 'portfolio_draw',
}

export interface PreparedSpending {
  rule: PreparedRule
  measure: RuleMeasure
  /** Whether the rule compares its multiple of planned draws with the portfolio. */
  ratesDraws: boolean
  /** The age that the rule counts the years left to; null for the plan's end. */
  lastAge: number | null
  /** The valuation of stocks; null where the rule does not need it. */
  valuation: Valuation | null
}

export interface Valuation {
  startingCape: number
  /** Index of the asset with the returns that change it. */
  asset: number
  /** Gross real growth per year of that asset at an unchanged CAPE. */
  steadyGrowthReal: number
}

/** Rules that continue from a first amount start at 1: one year's planned expenses, or one year's planned draw. */
const PLANNED = { kind: 'amount', amountReal: 1 } as const

/** Least share of last year's spending in the 95 % rule. */
const KEPT_SHARE = 0.95

export function prepareSpending({ rule }: SpendingPolicy, assets: readonly { readonly key: string }[]): PreparedSpending {
  return {
    rule: prepareSpendingRule({ rule: ruleSpec(rule), essentialReal: 0, success: 'all' }),
    measure: MEASURES[rule.kind],
    ratesDraws: rule.kind === 'guyton_klinger',
    lastAge: rule.kind === 'vpw' || rule.kind === 'one_over_n' ? (rule.lastAge ?? null) : null,
    valuation: rule.kind === 'cape_based' ? valuationOf(rule, assets) : null,
  }
}

function valuationOf({ asset, startingCape, steadyReturnReal }: CapeBasedRule, assets: readonly { readonly key: string }[]): Valuation {
  return { startingCape, asset: assets.findIndex(({ key }) => key === asset), steadyGrowthReal: 1 + steadyReturnReal }
}

function ruleSpec(rule: SpendingPolicy['rule']): SpendingRuleSpec {
  switch (rule.kind) {
    case 'constant_real':
      return { kind: 'constant-real', initial: PLANNED }
    case 'fixed_percent':
      return { kind: 'fixed-percent', rate: rule.rate }
    case 'floor_ceiling':
      return {
        kind: 'floor-ceiling',
        rate: rule.rate,
        around: rule.bandAround === 'last_year' ? 'last' : 'first',
        floorBelow: rule.floor,
        ceilingAbove: rule.ceiling,
      }
    case 'guyton_klinger':
      return {
        kind: 'guyton-klinger',
        initial: PLANNED,
        upperGuardrail: rule.guardrail,
        lowerGuardrail: rule.guardrail,
        cut: rule.adjustment,
        raise: rule.adjustment,
        preservationOffYears: rule.preservationOffYears,
        freezeAfterLoss: rule.freezeAfterLoss ?? true,
        inflationCap: rule.inflationCap ?? null,
      }
    case 'vpw':
      return { kind: 'vpw', growthReal: vpwGrowthReal(rule.stockShare), legacyReal: 0 }
    case 'rmd':
      return { kind: 'rmd', ...uniformLifetimeDivisors() }
    case 'ratchet':
      return {
        kind: 'ratchet',
        initial: PLANNED,
        threshold: rule.threshold,
        thresholdIn: 'nominal',
        raise: rule.raise,
        everyYears: rule.everyYears,
      }
    case 'ninety_five_percent':
      return { kind: 'ninety-five-percent', rate: rule.rate, keep: KEPT_SHARE }
    case 'one_over_n':
      return { kind: 'one-over-n' }
    case 'hebeler_autopilot':
      return { kind: 'hebeler-autopilot', lastYearShare: rule.lastYearShare, ...uniformLifetimeDivisors() }
    case 'cape_based':
      break
  }
  return { kind: 'cape-based', baseRate: rule.baseRate, yieldShare: rule.yieldShare }
}
