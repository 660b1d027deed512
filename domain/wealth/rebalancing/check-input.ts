import { Decimal, DomainError, isCalendarDate, type Issue } from '../../shared/index.ts'
import { unitsOf } from '../lots/quantities.ts'
import { rebalancingAims, rebalancingModes, taxTreatments } from './terms.ts'
import type { Band, RebalancingInput } from './types.ts'

const signedMoney = /^(?!-0+(\.0+)?$)-?\d{1,13}(\.\d{1,2})?$/
const plainMoney = /^\d{1,13}(\.\d{1,2})?$/
const shares = /^\d{1,15}(\.\d{1,18})?$/
const price = /^\d{1,12}(\.\d{1,12})?$/

class Faults {
  readonly issues: Issue[] = []

  unless(holds: boolean, path: string, message: string): void {
    if (!holds) this.issues.push({ path, message })
  }

  money(text: string | null | undefined, path: string): void {
    this.unless(
      text === null || text === undefined || plainMoney.test(text),
      path,
      'must be an amount of zero or more with at most two decimals',
    )
  }

  fraction(value: number | null | undefined, path: string): void {
    this.unless(value === null || value === undefined || (value >= 0 && value <= 1), path, 'must be from 0 to 1')
  }

  unique(keys: readonly string[], pathOf: (index: number) => string): void {
    const seen = new Set<string>()
    for (const [index, key] of keys.entries()) {
      this.unless(!seen.has(key), pathOf(index), 'is there twice')
      seen.add(key)
    }
  }
}

const checkAccounts = ({ accounts }: RebalancingInput, faults: Faults): void => {
  faults.unique(
    accounts.map(({ id }) => id),
    index => `accounts.${index}.id`,
  )
  for (const [index, account] of accounts.entries()) {
    const path = `accounts.${index}`
    faults.unless(taxTreatments.includes(account.treatment), `${path}.treatment`, `must be one of ${taxTreatments.join(', ')}`)
    faults.unless(signedMoney.test(account.cash), `${path}.cash`, 'must be an amount with at most two decimals')
    for (const name of ['minimumCash', 'newCash', 'contributionRoom', 'withdrawal'] as const) faults.money(account[name], `${path}.${name}`)
  }
}

const checkSecurities = ({ securities }: RebalancingInput, faults: Faults): void => {
  faults.unique(
    securities.map(({ symbol }) => symbol),
    index => `securities.${index}.symbol`,
  )
  for (const [index, security] of securities.entries()) {
    const path = `securities.${index}`
    const isPrice = security.price === null || (price.test(security.price) && Number(security.price) > 0)
    faults.unless(isPrice, `${path}.price`, 'must be above zero with at most 12 decimals')
    for (const [name, weight] of Object.entries(security.weights)) faults.fraction(weight, `${path}.weights.${name}`)
    const sum = Object.values(security.weights).reduce((total, weight) => total + weight, 0)
    faults.unless(sum <= 1 + 1e-9, `${path}.weights`, 'must not add up to more than 1')
  }
}

const checkHoldings = ({ accounts, holdings, securities }: RebalancingInput, faults: Faults): void => {
  const known = new Set(accounts.map(({ id }) => id))
  const priced = new Map(securities.map(security => [security.symbol, security.price]))
  faults.unique(
    holdings.map(({ accountId, symbol }) => JSON.stringify([accountId, symbol])),
    index => `holdings.${index}`,
  )
  for (const [index, { accountId, lots = [], quantity, symbol }] of holdings.entries()) {
    const path = `holdings.${index}`
    faults.unless(known.has(accountId), `${path}.accountId`, 'is no account')
    faults.unless(priced.get(symbol) !== undefined, `${path}.symbol`, 'is no security')
    faults.unless(priced.get(symbol) !== null, `${path}.symbol`, 'has no price: what is held cannot be valued')
    faults.unless(shares.test(quantity), `${path}.quantity`, 'must be zero or more with at most 18 decimals')
    for (const [at, lot] of lots.entries()) {
      faults.unless(shares.test(lot.quantity), `${path}.lots.${at}.quantity`, 'must be zero or more with at most 18 decimals')
      faults.unless(isCalendarDate(lot.acquiredOn), `${path}.lots.${at}.acquiredOn`, 'must be a day')
      for (const name of ['costBasis', 'lossBasis'] as const) faults.money(lot[name], `${path}.lots.${at}.${name}`)
    }
    if (!shares.test(quantity) || lots.some(lot => !shares.test(lot.quantity))) continue
    const covered = lots.reduce((sum, lot) => sum + unitsOf(lot.quantity), 0n)
    faults.unless(covered <= unitsOf(quantity), `${path}.lots`, 'must not have more shares than the holding')
  }
}

const checkBand = (band: Band | null | undefined, path: string, faults: Faults): void => {
  faults.fraction(band?.absolute, `${path}.absolute`)
  faults.fraction(band?.relative, `${path}.relative`)
}

const checkTargets = ({ covariance, targets }: RebalancingInput, faults: Faults): void => {
  faults.unique(
    targets.weights.map(({ key }) => key),
    index => `targets.weights.${index}.key`,
  )
  checkBand(targets.band, 'targets.band', faults)
  for (const [index, { band, weight }] of targets.weights.entries()) {
    faults.fraction(weight, `targets.weights.${index}.weight`)
    checkBand(band, `targets.weights.${index}.band`, faults)
  }
  const sum = targets.weights.reduce((total, { weight }) => total.plus(Number.isFinite(weight) ? weight : 0), new Decimal(0))
  faults.unless(sum.equals(1), 'targets.weights', `must add up to 1: they are ${sum.toFixed()}`)
  if (!covariance) return
  const size = covariance.classes.length
  const isSquare = covariance.matrix.length === size && covariance.matrix.every(row => row.length === size && row.every(Number.isFinite))
  faults.unless(isSquare, 'covariance.matrix', 'must have a row and a column of numbers for each class')
}

const checkRules = ({ candidates, rules, securities, today, washSales }: RebalancingInput, faults: Faults): void => {
  faults.unless(isCalendarDate(today), 'today', 'must be a day')
  faults.unless(rebalancingModes.includes(rules.mode), 'rules.mode', `must be one of ${rebalancingModes.join(', ')}`)
  faults.unless(rebalancingAims.includes(rules.aim), 'rules.aim', `must be one of ${rebalancingAims.join(', ')}`)
  faults.unless(plainMoney.test(rules.minimumTrade), 'rules.minimumTrade', 'must be an amount of zero or more with at most two decimals')
  faults.money(rules.gainsBudget, 'rules.gainsBudget')
  faults.fraction(rules.taxRates.short, 'rules.taxRates.short')
  faults.fraction(rules.taxRates.long, 'rules.taxRates.long')
  const symbols = new Set(securities.map(({ symbol }) => symbol))
  for (const [name, list] of Object.entries(candidates ?? {}))
    for (const [index, symbol] of list.entries()) faults.unless(symbols.has(symbol), `candidates.${name}.${index}`, 'is no security')
  for (const [index, { boughtOn, quantity }] of washSales.purchases.entries()) {
    faults.unless(isCalendarDate(boughtOn), `washSales.purchases.${index}.boughtOn`, 'must be a day')
    faults.unless(shares.test(quantity), `washSales.purchases.${index}.quantity`, 'must be zero or more with at most 18 decimals')
  }
  for (const [index, { soldOn }] of washSales.losses.entries())
    faults.unless(isCalendarDate(soldOn), `washSales.losses.${index}.soldOn`, 'must be a day')
}

/** @throws DomainError that names every fault of the input */
export const checkInput = (input: RebalancingInput): void => {
  const faults = new Faults()
  for (const check of [checkAccounts, checkSecurities, checkHoldings, checkTargets, checkRules]) check(input, faults)
  if (faults.issues.length > 0) throw new DomainError(faults.issues)
}
