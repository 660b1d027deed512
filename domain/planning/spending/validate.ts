import type { Issue } from '../../shared/index.ts'
import { OLDEST_AGE } from './age-curve.ts'
import type { AgeCurve, InitialSpending, RmdSpec, SpendingRuleSpec, SpendingSpec } from './spec.ts'

const MOST_MONEY = 1e12
const HIGHEST_FACTOR = 10

type Check = (path: string, value: number, minimum: number, maximum: number) => void

/** Every fault of a specification whose members have the declared types; empty when it can be prepared. */
export function validateSpending(spec: SpendingSpec): Issue[] {
  const issues: Issue[] = []
  const number: Check = (path, value, minimum, maximum) => {
    if (!(value >= minimum && value <= maximum)) issues.push({ path, message: `must be a number from ${minimum} to ${maximum}` })
  }
  const integer: Check = (path, value, minimum, maximum) => {
    if (!Number.isInteger(value) || value < minimum || value > maximum)
      issues.push({ path, message: `must be a whole number from ${minimum} to ${maximum}` })
  }
  const refuse = (path: string, message: string): void => {
    issues.push({ path, message })
  }

  number('essentialReal', spec.essentialReal, 0, MOST_MONEY)
  if (spec.success !== 'essential' && spec.success !== 'all') refuse('success', 'must be essential or all')
  checkRule(spec.rule, number, integer, refuse)
  for (const name of ['ageCurve', 'essentialAgeCurve'] as const) {
    const curve = spec[name]
    if (curve !== undefined) checkCurve(name, curve, number, integer, refuse)
  }
  const initial = 'initial' in spec.rule ? spec.rule.initial : undefined
  if (initial?.kind === 'amount' && spec.essentialReal > initial.amountReal)
    refuse('essentialReal', `must not be above the first year's spending of ${initial.amountReal}, of which it is a part`)
  return issues
}

type Refuse = (path: string, message: string) => void

function checkRule(rule: SpendingRuleSpec, number: Check, integer: Check, refuse: Refuse): void {
  switch (rule.kind) {
    case 'constant-real':
      return checkInitial(rule.initial, number, refuse)
    case 'fixed-percent':
      return number('rule.rate', rule.rate, 0, 1)
    case 'floor-ceiling':
      number('rule.rate', rule.rate, 0, 1)
      if (rule.around !== 'first' && rule.around !== 'last') refuse('rule.around', 'must be first or last')
      number('rule.floorBelow', rule.floorBelow, 0, 1)
      return number('rule.ceilingAbove', rule.ceilingAbove, 0, HIGHEST_FACTOR)
    case 'guyton-klinger':
      checkInitial(rule.initial, number, refuse)
      number('rule.upperGuardrail', rule.upperGuardrail, 0, HIGHEST_FACTOR)
      number('rule.lowerGuardrail', rule.lowerGuardrail, 0, 1)
      number('rule.cut', rule.cut, 0, 1)
      number('rule.raise', rule.raise, 0, HIGHEST_FACTOR)
      integer('rule.preservationOffYears', rule.preservationOffYears, 0, OLDEST_AGE)
      if (rule.inflationCap !== null) number('rule.inflationCap', rule.inflationCap, 0, 1)
      return
    case 'vpw':
      number('rule.growthReal', rule.growthReal, -0.5, 0.5)
      return number('rule.legacyReal', rule.legacyReal, 0, MOST_MONEY)
    case 'rmd':
      return checkDivisors(rule, number, integer, refuse)
    case 'ratchet':
      checkInitial(rule.initial, number, refuse)
      number('rule.threshold', rule.threshold, 0, HIGHEST_FACTOR)
      if (rule.thresholdIn !== 'nominal' && rule.thresholdIn !== 'real') refuse('rule.thresholdIn', 'must be nominal or real')
      number('rule.raise', rule.raise, 0, HIGHEST_FACTOR)
      return integer('rule.everyYears', rule.everyYears, 1, OLDEST_AGE)
    case 'ninety-five-percent':
      number('rule.rate', rule.rate, 0, 1)
      return number('rule.keep', rule.keep, 0, 1)
    case 'one-over-n':
      return
    case 'hebeler-autopilot':
      number('rule.lastYearShare', rule.lastYearShare, 0, 1)
      return checkDivisors(rule, number, integer, refuse)
    case 'cape-based':
      number('rule.baseRate', rule.baseRate, 0, 1)
      return number('rule.yieldShare', rule.yieldShare, 0, HIGHEST_FACTOR)
    default:
      refuse('rule.kind', 'must be one of the spending rules')
  }
}

function checkDivisors(
  { firstAge, divisors }: Pick<RmdSpec, 'firstAge' | 'divisors'>,
  number: Check,
  integer: Check,
  refuse: Refuse,
): void {
  integer('rule.firstAge', firstAge, 0, OLDEST_AGE)
  if (divisors.length === 0) refuse('rule.divisors', 'must have at least one entry')
  for (const [index, divisor] of divisors.entries()) number(`rule.divisors.${index}`, divisor, 1, OLDEST_AGE)
}

function checkInitial(initial: InitialSpending, number: Check, refuse: Refuse): void {
  if (initial.kind === 'amount') number('rule.initial.amountReal', initial.amountReal, 0, MOST_MONEY)
  else if (initial.kind === 'rate') number('rule.initial.rate', initial.rate, 0, 1)
  else refuse('rule.initial.kind', 'must be amount or rate')
}

function checkCurve(path: string, { interpolation, points }: AgeCurve, number: Check, integer: Check, refuse: Refuse): void {
  if (interpolation !== 'linear' && interpolation !== 'step') refuse(`${path}.interpolation`, 'must be linear or step')
  if (points.length === 0) refuse(`${path}.points`, 'must have at least one entry')
  for (const [index, { age, factor }] of points.entries()) {
    integer(`${path}.points.${index}.age`, age, 0, OLDEST_AGE)
    if (index > 0 && age <= points[index - 1]!.age) refuse(`${path}.points.${index}.age`, 'must be above the one before it')
    number(`${path}.points.${index}.factor`, factor, 0, HIGHEST_FACTOR)
  }
}
