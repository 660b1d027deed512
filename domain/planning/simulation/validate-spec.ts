import { cholesky } from './cholesky.ts'
import type { BootstrapModel, LognormalModel } from './return-models.ts'
import { SPEC_LIMITS, type SimulationSpec } from './spec.ts'

/** A fault of a specification: where (member names and indexes joined by dots) and what. */
export interface SpecIssue {
  path: string
  message: string
}

/** A specification that cannot be simulated; `issues` holds every fault found. */
export class InvalidSpecError extends Error {
  readonly issues: readonly SpecIssue[]

  constructor(issues: readonly SpecIssue[]) {
    super(`invalid simulation specification: ${issues.map(issue => `${issue.path} ${issue.message}`).join('; ')}`)
    this.name = 'InvalidSpecError'
    this.issues = issues
  }
}

/** @throws InvalidSpecError unless validateSpec finds no fault */
export function assertValidSpec(spec: SimulationSpec): void {
  const issues = validateSpec(spec)
  if (issues.length > 0) throw new InvalidSpecError(issues)
}

/** Every fault of a specification whose members have the declared types; empty when it can be simulated. */
export function validateSpec(spec: SimulationSpec): SpecIssue[] {
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
  if (spec.returns.kind === 'lognormal') checkLognormal(check, spec.returns)
  else if (spec.returns.kind === 'bootstrap') checkBootstrap(check, spec.returns, spec.stepsPerYear)
  else check.that(false, 'returns.kind', 'must be lognormal or bootstrap')
  return check.issues
}

type Checklist = ReturnType<typeof createChecklist>

function createChecklist() {
  const issues: SpecIssue[] = []
  const that = (holds: boolean, path: string, message: string): void => {
    if (!holds) issues.push({ path, message })
  }
  const number = (path: string, value: number, minimum: number, maximum: number): void =>
    that(Number.isFinite(value) && value >= minimum && value <= maximum, path, `must be a number from ${minimum} to ${maximum}`)
  const numbers = (path: string, values: readonly number[], minimum: number, maximum: number): void => {
    for (const [index, value] of values.entries()) number(`${path}.${index}`, value, minimum, maximum)
  }
  const integer = (path: string, value: number, minimum: number, maximum: number): void =>
    that(Number.isInteger(value) && value >= minimum && value <= maximum, path, `must be a whole number from ${minimum} to ${maximum}`)
  return { issues, that, number, numbers, integer }
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

function checkAssets(check: Checklist, assets: readonly { key: string; weight: number }[]): void {
  check.that(assets.length >= 1 && assets.length <= SPEC_LIMITS.assets, 'returns.assets', `must have 1 to ${SPEC_LIMITS.assets} entries`)
  const keys = new Set<string>()
  let total = 0
  for (const [index, { key, weight }] of assets.entries()) {
    check.that(key !== '' && !keys.has(key), `returns.assets.${index}.key`, 'must be a name no other asset has')
    check.number(`returns.assets.${index}.weight`, weight, 0, 1)
    keys.add(key)
    total += weight
  }
  check.that(Math.abs(total - 1) <= 1e-9, 'returns.assets', `must have weights that sum to 1, not ${total}`)
}

function checkLognormal(check: Checklist, model: LognormalModel): void {
  checkAssets(check, model.assets)
  const { meanReturn, volatility, meanInflation, inflationVolatility } = SPEC_LIMITS
  for (const [index, asset] of model.assets.entries()) {
    check.number(`returns.assets.${index}.meanReturn`, asset.meanReturn, meanReturn.minimum, meanReturn.maximum)
    check.number(`returns.assets.${index}.volatility`, asset.volatility, 0, volatility)
  }
  check.number('returns.inflation.mean', model.inflation.mean, meanInflation.minimum, meanInflation.maximum)
  check.number('returns.inflation.volatility', model.inflation.volatility, 0, inflationVolatility)
  checkCorrelation(check, model.correlation, [...model.assets.map(asset => asset.key), 'inflation'])
}

function checkCorrelation(check: Checklist, matrix: readonly (readonly number[])[], names: readonly string[]): void {
  const size = names.length
  if (matrix.length !== size || matrix.some(row => row.length !== size)) {
    check.that(false, 'returns.correlation', `must be ${size} x ${size}: the assets in their order, then inflation`)
    return
  }
  let symmetric = true
  for (const [i, row] of matrix.entries()) {
    check.numbers(`returns.correlation.${i}`, row, -1, 1)
    check.that(row[i] === 1, `returns.correlation.${i}.${i}`, 'must be 1, as everything correlates with itself')
    for (let j = 0; j < i; j++) {
      const mirrored = Math.abs(row[j]! - matrix[j]![i]!) <= 1e-12
      check.that(mirrored, `returns.correlation.${i}.${j}`, `must equal its mirror image ${matrix[j]![i]}`)
      symmetric &&= mirrored
    }
  }
  if (!symmetric) return
  const factored = cholesky(matrix)
  if (factored.kind === 'factor') return
  const words = `no variables can have these correlations (those of ${names[factored.row]} contradict those of the ones before it)`
  check.that(false, 'returns.correlation', `is not positive semi-definite: ${words}`)
}

function checkBootstrap(check: Checklist, model: BootstrapModel, stepsPerYear: number): void {
  const { historicalYears, historicalReturn, historicalInflation } = SPEC_LIMITS
  const { length } = model.years
  check.that(stepsPerYear === 1, 'stepsPerYear', 'must be 1 when whole calendar years are drawn')
  checkAssets(check, model.assets)
  check.that(length >= 1 && length <= historicalYears, 'returns.years', `must have 1 to ${historicalYears} entries`)
  for (const [index, year] of model.years.entries()) {
    const follows = index === 0 || year > model.years[index - 1]!
    check.that(Number.isInteger(year) && follows, `returns.years.${index}`, 'must be a whole number above the one before it')
  }
  for (const [index, asset] of model.assets.entries()) {
    const path = `returns.assets.${index}.returns`
    check.that(asset.returns.length === length, path, `must have one entry for each of the ${length} years, not ${asset.returns.length}`)
    check.numbers(path, asset.returns, -1, historicalReturn)
    for (const [row, value] of asset.returns.entries())
      check.that(value !== -1, `${path}.${row}`, 'must be above -1: nothing is left to go on with')
  }
  check.that(model.inflation.length === length, 'returns.inflation', `must have one entry for each of the ${length} years`)
  check.numbers('returns.inflation', model.inflation, historicalInflation.minimum, historicalInflation.maximum)
}
