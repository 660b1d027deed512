import { coveredStates, taxTables } from '../../us-tax/index.ts'
import type { Checklist } from './checklist.ts'
import { HOUSEHOLD_LIMITS } from './limits.ts'
import type { HouseholdSpec } from './spec.ts'
import { checkPeriod } from './validate-cash-flows.ts'

const { age: oldest } = HOUSEHOLD_LIMITS

export function checkSpending(check: Checklist, spec: HouseholdSpec): void {
  const { spending, successCriterion } = spec
  checkRule(check, spec)
  for (const [index, { age, multiplier }] of spending.byAge.entries()) {
    const before = spending.byAge[index - 1]
    check.integer(`spending.byAge.${index}.age`, age, 0, oldest)
    check.that(before === undefined || age > before.age, `spending.byAge.${index}.age`, 'must be above the one before it')
    check.number(`spending.byAge.${index}.multiplier`, multiplier, 0.01, 10)
  }
  check.that(
    successCriterion === 'all_spending' || successCriterion === 'essential_spending',
    'successCriterion',
    'must be all_spending or essential_spending',
  )
}

function checkRule(check: Checklist, { returns, spending: { rule } }: HouseholdSpec): void {
  const path = 'spending.rule'
  switch (rule.kind) {
    case 'constant_real':
    case 'rmd':
      return
    case 'fixed_percent':
    case 'ninety_five_percent':
      return check.number(`${path}.rate`, rule.rate, 0, 1)
    case 'floor_ceiling':
      check.number(`${path}.rate`, rule.rate, 0, 1)
      check.that(
        rule.bandAround === undefined || rule.bandAround === 'first_year' || rule.bandAround === 'last_year',
        `${path}.bandAround`,
        'must be first_year or last_year',
      )
      check.number(`${path}.floor`, rule.floor, 0, 1)
      return check.number(`${path}.ceiling`, rule.ceiling, 0, 10)
    case 'guyton_klinger':
      check.number(`${path}.guardrail`, rule.guardrail, 0, 1)
      check.number(`${path}.adjustment`, rule.adjustment, 0, 1)
      if (rule.inflationCap !== undefined) check.number(`${path}.inflationCap`, rule.inflationCap, 0, 1)
      return check.integer(`${path}.preservationOffYears`, rule.preservationOffYears, 0, oldest)
    case 'vpw':
      check.number(`${path}.stockShare`, rule.stockShare, 0, 1)
      return check.integer(`${path}.lastAge`, rule.lastAge, 1, oldest)
    case 'ratchet':
      check.number(`${path}.threshold`, rule.threshold, 0, 10)
      check.number(`${path}.raise`, rule.raise, 0, 10)
      return check.integer(`${path}.everyYears`, rule.everyYears, 1, oldest)
    case 'one_over_n':
      if (rule.lastAge !== undefined) check.integer(`${path}.lastAge`, rule.lastAge, 1, oldest)
      return
    case 'hebeler_autopilot':
      return check.number(`${path}.lastYearShare`, rule.lastYearShare, 0, 1)
    case 'cape_based':
      check.number(`${path}.baseRate`, rule.baseRate, 0, 1)
      check.number(`${path}.yieldShare`, rule.yieldShare, 0, 10)
      check.number(`${path}.startingCape`, rule.startingCape, 1, 200)
      check.number(`${path}.steadyReturnReal`, rule.steadyReturnReal, -0.1, 0.2)
      check.known(`${path}.asset`, rule.asset, returns.assets, 'an asset of the return model')
      return
    default:
      check.that(false, `${path}.kind`, 'must be one of the spending rules')
  }
}

export function checkWithdrawals(check: Checklist, spec: HouseholdSpec): void {
  const { order, surplus } = spec.withdrawals
  const filled = order.kind === 'bracket_aware'
  check.that(!filled || spec.tax.enabled, 'withdrawals.order.kind', 'needs taxes to be enabled: there are no brackets without')
  check.that(surplus === 'taxable' || surplus === 'spent', 'withdrawals.surplus', 'must be taxable or spent')
  if (order.kind === 'bracket_aware') checkRate(check, spec, 'withdrawals.order.ordinaryRate', order.ordinaryRate)
  else if (order.kind === 'custom') checkCustomOrder(check, spec, order.accounts)
  else
    check.that(
      order.kind === 'conventional' || order.kind === 'proportional',
      'withdrawals.order.kind',
      'must be conventional, proportional, bracket_aware or custom',
    )
}

function checkCustomOrder(check: Checklist, spec: HouseholdSpec, keys: readonly string[]): void {
  const path = 'withdrawals.order.accounts'
  for (const [index, key] of keys.entries()) {
    check.known(`${path}.${index}`, key, spec.accounts, 'an account')
    check.that(keys.indexOf(key) === index, `${path}.${index}`, 'must not be there twice')
    const education = spec.accounts.some(account => account.key === key && account.kind === 'education_529')
    check.that(!education, `${path}.${index}`, 'must not be a 529 plan, which pays for education only')
  }
}

export function checkConversion(check: Checklist, spec: HouseholdSpec): void {
  const conversion = spec.rothConversion
  if (conversion === null) return
  const { amount } = conversion
  const path = 'rothConversion'
  checkPeriod(check, path, conversion)
  if (amount.kind === 'fixed') check.number(`${path}.amount.annualAmount`, amount.annualAmount, 0, HOUSEHOLD_LIMITS.money)
  else if (amount.kind === 'fill_bracket') checkRate(check, spec, `${path}.amount.ordinaryRate`, amount.ordinaryRate)
  else if (amount.kind === 'fill_irmaa_tier') check.integer(`${path}.amount.tier`, amount.tier, 0, 4)
  else check.that(false, `${path}.amount.kind`, 'must be fixed, fill_bracket or fill_irmaa_tier')
  check.that(
    amount.kind === 'fixed' || spec.tax.enabled,
    `${path}.amount.kind`,
    'must be fixed while taxes are not enabled: there is nothing to fill without',
  )
  const owners = new Set(spec.accounts.filter(account => account.kind === 'traditional').map(account => account.owner))
  const roth = spec.accounts.some(account => account.kind === 'roth' && owners.has(account.owner))
  check.that(roth, path, 'needs a Roth account, if an empty one, of a person with a traditional account')
}

/** A rate that a bracket below the top one has. */
function checkRate(check: Checklist, { tax }: HouseholdSpec, path: string, rate: number): void {
  const rates = taxTables.find(table => table.year === tax.tableYear)?.ordinary.rates
  if (rates === undefined) return
  const below = rates.slice(0, -1)
  check.that(below.includes(rate), path, `must be the rate of a bracket with a top: ${below.join(', ')}`)
}

export function checkTax(check: Checklist, { tax }: HouseholdSpec): void {
  const years = taxTables.map(table => table.year)
  check.that(years.includes(tax.tableYear), 'tax.tableYear', `must be a year with tables: ${years.join(', ')}`)
  check.that(
    tax.state === null || coveredStates.includes(tax.state),
    'tax.state',
    `must be null or a state with tables: ${coveredStates.join(', ')}`,
  )
}
