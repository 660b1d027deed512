import type { Issue } from '../shared/index.ts'
import { type Checklist, createChecklist } from './checklist.ts'
import { InvalidSpecError } from './invalid-spec-error.ts'
import { SPEC_LIMITS, type SimulationSpec } from './spec.ts'
import { checkReturns } from './validate-returns.ts'

/** @throws InvalidSpecError unless validateSpec finds no fault */
export function assertValidSpec(spec: SimulationSpec): void {
  const issues = validateSpec(spec)
  if (issues.length > 0) throw new InvalidSpecError(issues)
}

/** Every fault of a specification whose members have the declared types; empty when it can be simulated. */
export function validateSpec(spec: SimulationSpec): Issue[] {
  const check = createChecklist()
  check.integer('years', spec.years, 1, SPEC_LIMITS.years)
  check.that(spec.stepsPerYear === 1 || spec.stepsPerYear === 12, 'stepsPerYear', 'must be 1 or 12')
  check.integer('paths', spec.paths, 1, SPEC_LIMITS.paths)
  check.that(isInt64(spec.seed), 'seed', 'must be a decimal 64-bit signed integer without leading zeros')
  check.number('openingBalance', spec.openingBalance, 0, SPEC_LIMITS.money)
  for (const name of ['realFlows', 'nominalFlows'] as const) {
    check.that(spec[name].length === spec.years, name, `must have one entry for each of the ${spec.years} years, not ${spec[name].length}`)
    check.numbers(name, spec[name], -SPEC_LIMITS.money, SPEC_LIMITS.money)
  }
  check.that(spec.flowTiming === 'begin' || spec.flowTiming === 'end', 'flowTiming', 'must be begin or end')
  checkPercentiles(check, spec.percentiles)
  checkReturns(check, spec)
  return check.issues
}

function isInt64(text: string): boolean {
  return /^(0|-?[1-9]\d{0,18})$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
}

function checkPercentiles(check: Checklist, percentiles: readonly number[]): void {
  const { length } = percentiles
  check.that(length >= 1 && length <= SPEC_LIMITS.percentiles, 'percentiles', `must have 1 to ${SPEC_LIMITS.percentiles} entries`)
  for (const [index, fraction] of percentiles.entries()) {
    check.that(fraction > 0 && fraction < 1, `percentiles.${index}`, 'must be a fraction between 0 and 1, both excluded')
    check.that(index === 0 || !(fraction <= percentiles[index - 1]!), `percentiles.${index}`, 'must be above the one before it')
  }
}
