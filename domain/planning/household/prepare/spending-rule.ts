import { type PreparedRule, prepareSpendingRule, type SpendingRuleSpec, vpwGrowthReal } from '../../spending/index.ts'
import type { CapeBasedRule, SpendingPolicy } from '../spec.ts'
import { uniformLifetimeDivisors } from './account-ages.ts'

/**
 * What a rule's amount is: a multiple of planned expenses, a multiple of what they draw from the portfolio beside other income, or a draw.
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
  /** Years left as the rule counts them: to an age, or to the plan's end. */
  lastAge: number | null
  /** How stocks are valued on each path; null where no rule asks. */
  valuation: Valuation | null
}

export interface Valuation {
  startingCape: number
  /** Place of the asset whose returns move it. */
  asset: number
  /** Its real growth of a year at an unchanged CAPE, gross. */
  steadyGrowthReal: number
}

/** Rules that go on from a first amount start at 1: a year's planned expenses or draw. */
const PLANNED = { kind: 'amount', amountReal: 1 } as const

/** Share of last year's spending that the 95 % rule keeps. */
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
