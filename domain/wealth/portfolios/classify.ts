import { Decimal } from '../../shared/index.ts'
import type { AccountType } from '../account-types.ts'
import { cashClass, type TargetWeight, unclassified } from './portfolio-types.ts'

/** From where the asset classes of a security are known. */
export const classSources = ['household', 'composition', 'type', 'none'] as const
export type ClassSource = (typeof classSources)[number]

/** What the market data know about a security. */
export interface ClassFacts {
  readonly type: string
  /** ISO 3166-1. */
  readonly country: string | null
  /** In the currency of the instrument, exact decimal text. */
  readonly marketCap: string | null
  /** Of a fund. */
  readonly composition: readonly TargetWeight[]
}

export interface Classified {
  /** They sum to 1: what is not known is `unclassified`. */
  readonly classes: readonly TargetWeight[]
  readonly source: ClassSource
}

const all = (key: string): readonly TargetWeight[] => [{ key, weight: '1' }]

/** From ten billion a company is a large one, as index providers draw the line. */
const largeCap = 10_000_000_000

const classOfType = ({ country, marketCap, type }: ClassFacts): string | undefined => {
  if (type === 'real_estate') return 'real_estate'
  if (type === 'commodity') return 'commodities'
  if (type === 'crypto') return 'crypto'
  if (country !== 'US') return undefined
  if (type === 'bond') return 'us_core_bond'
  if (type !== 'stock' || marketCap === null) return undefined
  return Number(marketCap) >= largeCap ? 'us_large_cap' : 'us_small_mid_cap'
}

/** Adds what is missing to 1. */
const whole = (classes: readonly TargetWeight[]): readonly TargetWeight[] => {
  const rest = classes.reduce((left, { weight }) => left.minus(weight), new Decimal(1))
  return rest.isPositive() && !rest.isZero() ? [...classes, { key: unclassified, weight: rest.toString() }] : classes
}

/**
 * The asset classes of a security: as the household says, by the composition of the fund, or by its type. Countries do not say whether a market is developed
 * or emerging, so that a foreign stock has no class unless it is given.
 */
export const classify = (given: readonly TargetWeight[] | undefined, facts: ClassFacts | undefined): Classified => {
  if (given) return { classes: whole(given), source: 'household' }
  if (facts && facts.composition.length > 0) return { classes: whole(facts.composition), source: 'composition' }
  const key = facts && classOfType(facts)
  return key === undefined ? { classes: all(unclassified), source: 'none' } : { classes: all(key), source: 'type' }
}

/** The class of money that is not invested. */
export const cashClasses: Classified = { classes: all(cashClass), source: 'type' }

/** The classes of a stated balance, or of what it is more than the securities of its account. */
export const classifyStated = (type: AccountType): Classified => {
  if (type === 'property') return { classes: all('real_estate'), source: 'type' }
  return type === 'checking' || type === 'savings' ? cashClasses : classify(undefined, undefined)
}
