import { Decimal, type Money } from '../../shared/index.ts'
import { type Bands, cashClass, type TargetWeight, unclassified } from './portfolio-types.ts'
import type { Holding } from './value-holdings.ts'

/** A class or a security of a portfolio: how much there is, and how much there should be. Weights are fractions of the whole. */
export interface AllocationPart {
  readonly key: string
  readonly value: Money
  /** Null if the whole is not above zero. */
  readonly weight: number | null
  /** Null without a target. */
  readonly target: number | null
  /** The band: the weight may be between these. Null without a target. */
  readonly lower: number | null
  readonly upper: number | null
  readonly isInside: boolean | null
  /** What has to be bought to reach the target; below zero: sold. */
  readonly difference: Money | null
}

export interface AllocationTarget {
  /** Whether the keys of the weights are symbols. */
  readonly isByInstrument: boolean
  readonly weights: readonly TargetWeight[]
  readonly bands: Bands
}

const moneyOf = (value: Decimal): Money => value.toDecimalPlaces(2).toFixed(2)
const fractionOf = (value: Decimal): number => value.toDecimalPlaces(6).toNumber()

/** The values of the classes in holdings; by symbol if asked for. Money is the class `cash` in both. */
const valuesOf = (holdings: readonly Holding[], isByInstrument: boolean): Map<string, Decimal> => {
  const values = new Map<string, Decimal>()
  const add = (key: string, value: Decimal) => values.set(key, (values.get(key) ?? new Decimal(0)).plus(value))
  for (const { classified, currentValue, kind, symbol } of holdings) {
    if (currentValue === null) continue
    if (isByInstrument) add(symbol ?? (kind === 'cash' ? cashClass : unclassified), new Decimal(currentValue))
    else for (const { key, weight } of classified.classes) add(key, new Decimal(currentValue).times(weight))
  }
  return values
}

/** How far a weight may be from its target: the narrower of the two bands. For a target of zero there is no relative one. */
export const bandOf = (target: Decimal, { absoluteBand, relativeBand }: Bands): { readonly lower: Decimal; readonly upper: Decimal } => {
  const width = target.isZero() ? new Decimal(absoluteBand) : Decimal.min(absoluteBand, target.times(relativeBand))
  return { lower: Decimal.max(0, target.minus(width)), upper: Decimal.min(1, target.plus(width)) }
}

/**
 * How the value of holdings is divided among classes, or among securities, with the target of each: the largest part first. Look-through: a fund counts in each of
 * its classes. What has a target and is not held is a part of zero; what is held without a target has the target zero.
 */
export const allocationOf = (holdings: readonly Holding[], target: AllocationTarget | null): AllocationPart[] => {
  const values = valuesOf(holdings, target?.isByInstrument ?? false)
  const total = [...values.values()].reduce((sum, value) => sum.plus(value), new Decimal(0))
  const targets = new Map(target?.weights.map(({ key, weight }) => [key, new Decimal(weight)]))
  const keys = [...new Set([...values.keys(), ...targets.keys()])]
  return keys
    .map((key): AllocationPart => {
      const value = values.get(key) ?? new Decimal(0)
      const weight = total.isPositive() && !total.isZero() ? value.dividedBy(total) : null
      const wanted = target && key !== unclassified ? (targets.get(key) ?? new Decimal(0)) : null
      const band = target && wanted && bandOf(wanted, target.bands)
      return {
        key,
        value: moneyOf(value),
        weight: weight && fractionOf(weight),
        target: wanted && fractionOf(wanted),
        lower: band && fractionOf(band.lower),
        upper: band && fractionOf(band.upper),
        isInside: band && weight ? weight.greaterThanOrEqualTo(band.lower) && weight.lessThanOrEqualTo(band.upper) : null,
        difference: wanted && weight ? moneyOf(wanted.times(total).minus(value)) : null,
      }
    })
    .toSorted((left, right) => Number(right.value) - Number(left.value) || left.key.localeCompare(right.key))
}
