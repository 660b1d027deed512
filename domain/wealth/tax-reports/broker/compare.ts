import { Decimal, type Money } from '../../../shared/index.ts'
import { sumOf } from '../figures.ts'
import { boxOf } from '../form-8949-box.ts'
import type { RealisedRow } from '../realised-row.ts'
import type { Difference } from './difference.ts'
import { type Match, matchSales } from './match-sales.ts'
import type { BrokerSale } from './read-broker-form.ts'
import { causeOf, causeTexts, type DifferenceCause } from './reasons.ts'

export interface Compared {
  readonly outcome: 'equal' | 'differing' | 'only_broker' | 'only_here'
  readonly broker: readonly BrokerSale[]
  readonly ours: readonly RealisedRow[]
  readonly differences: readonly Difference[]
  readonly cause: DifferenceCause | null
  /** The cause in words; null if the two are equal. */
  readonly reason: string | null
}

export interface Comparison {
  readonly items: readonly Compared[]
  readonly counts: Readonly<Record<Compared['outcome'], number>>
  /** Sums of all lines of each side. What is not known counts for nothing. */
  readonly totals: Readonly<Record<'broker' | 'ours', { readonly proceeds: Money; readonly basis: Money; readonly disallowedLoss: Money }>>
}

const totalOf = (items: readonly { readonly proceeds: Money | null; readonly basis: Money | null; readonly disallowedLoss: Money }[]) => ({
  proceeds: sumOf(items.map(({ proceeds }) => proceeds ?? '0')),
  basis: sumOf(items.map(({ basis }) => basis ?? '0')),
  disallowedLoss: sumOf(items.map(({ disallowedLoss }) => disallowedLoss)),
})

/** The value that all items have; null if they differ. */
const common = <Value>(values: readonly Value[]): Value | null => (values.every(value => value === values[0]) ? values[0]! : null)

const number = (field: Difference['field'], broker: string | null, ours: string | null): Difference[] => {
  if (broker === null || ours === null) return broker === ours ? [] : [{ field, broker, ours, difference: null }]
  const difference = new Decimal(broker).minus(ours)
  return difference.isZero()
    ? []
    : [{ field, broker, ours, difference: difference.toFixed(Math.max(difference.decimalPlaces(), field === 'quantity' ? 0 : 2)) }]
}

const text = (field: Difference['field'], broker: string | null, ours: string | null): Difference[] =>
  broker === null || broker === ours ? [] : [{ field, broker, ours, difference: null }]

const quantityOf = (items: readonly { readonly quantity: string }[]): string =>
  items.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0)).toFixed()

const basisOf = (items: readonly { readonly basis: Money | null }[]): Money | null => {
  const known = items.flatMap(({ basis }) => basis ?? [])
  return known.length < items.length ? null : sumOf(known)
}

const differencesOf = ({ broker, ours }: Match): Difference[] => [
  ...text('soldOn', common(broker.map(({ soldOn }) => soldOn)), common(ours.map(({ soldOn }) => soldOn))),
  ...number('quantity', quantityOf(broker), quantityOf(ours)),
  ...text('acquiredOn', common(broker.map(({ acquiredOn }) => acquiredOn)), common(ours.map(({ acquiredOn }) => acquiredOn))),
  ...number('proceeds', totalOf(broker).proceeds, totalOf(ours).proceeds),
  ...number('basis', basisOf(broker), basisOf(ours)),
  ...number('disallowedLoss', totalOf(broker).disallowedLoss, totalOf(ours).disallowedLoss),
  ...text('term', common(broker.map(({ term }) => term)), common(ours.map(({ term }) => term))),
  ...text('box', common(broker.map(({ box }) => box)), common(ours.map(row => boxOf(row)))),
]

/**
 * Compares a broker's Form 1099-B with the disposals of the ledger in the accounts at that broker. Sales are matched by security, day, quantity,
 * day of purchase and proceeds. Each pair is equal, or differs in named fields with the likely cause; the rest is on one side only.
 */
export const compareBrokerForm = (sales: readonly BrokerSale[], rows: readonly RealisedRow[]): Comparison => {
  const { matches, onlyBroker, onlyHere } = matchSales(sales, rows)
  const withCause = (cause: DifferenceCause) => ({ differences: [], cause, reason: causeTexts[cause] })
  const matched = matches.map((match): Compared => {
    const differences = differencesOf(match)
    if (differences.length === 0) return { outcome: 'equal', ...match, differences, cause: null, reason: null }
    const cause = causeOf(match, differences, sales, rows)
    return { outcome: 'differing', ...match, ...withCause(cause), differences }
  })
  const items = [
    ...matched,
    ...onlyBroker.map((sale): Compared => ({ outcome: 'only_broker', broker: [sale], ours: [], ...withCause('missing_sale') })),
    ...onlyHere.map((row): Compared => ({ outcome: 'only_here', broker: [], ours: [row], ...withCause('not_at_broker') })),
  ]
  const count = (outcome: Compared['outcome']) => items.filter(item => item.outcome === outcome).length
  return {
    items,
    counts: { equal: count('equal'), differing: count('differing'), only_broker: count('only_broker'), only_here: count('only_here') },
    totals: { broker: totalOf(sales), ours: totalOf(rows) },
  }
}
