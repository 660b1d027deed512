import { Decimal } from '../../../shared/index.ts'
import type { RealisedRow } from '../realised-row.ts'
import type { Difference } from './difference.ts'
import type { Match } from './match-sales.ts'
import type { BrokerSale } from './read-broker-form.ts'

/** The likely causes of a difference. */
export const differenceCauses = [
  'wash_sale_in_another_account',
  'wash_sale_not_in_ledger',
  'holding_period_carried',
  'average_cost',
  'lot_method',
  'fees_in_proceeds',
  'lot_divided',
  'settlement_date',
  'basis_unknown',
  'box_assumed',
  'missing_sale',
  'not_at_broker',
  'unknown',
] as const
export type DifferenceCause = (typeof differenceCauses)[number]

/** What each cause means, for a person. */
export const causeTexts: Readonly<Record<DifferenceCause, string>> = {
  wash_sale_in_another_account:
    'A wash sale that the broker does not see: the replacement was bought in another account, or of a security with another identifier.',
  wash_sale_not_in_ledger: 'The broker disallows a loss that the ledger does not: a purchase within 30 days of the sale may be missing.',
  holding_period_carried: 'The holding period of an earlier lot was carried over, by a wash sale, gift or exchange.',
  average_cost: 'The broker uses the average cost of all shares; the ledger uses the cost of each lot.',
  lot_method: 'The broker has sold another lot: its lot method differs from that of the ledger.',
  fees_in_proceeds: 'The costs of the sale are in one of the two proceeds.',
  lot_divided: 'One side has divided the lot, as a wash sale of a part of it does, or has summed several lots in one line.',
  settlement_date: 'One side has the day of the trade, the other that of the settlement. The trade date counts.',
  basis_unknown: 'One side does not know the basis.',
  box_assumed: 'The broker reports the sale in another box than was assumed. The broker’s box counts.',
  missing_sale: 'The sale is not in the ledger: enter or import it.',
  not_at_broker: 'The sale is not on the broker’s form: it may belong to another account or year, or be entered twice.',
  unknown: 'No usual cause explains it. Compare the statement of the broker.',
}

/** Whether all lines of the broker for a security and day have the same cost per share, although they were bought on different days. */
const isAverage = (sale: BrokerSale, sales: readonly BrokerSale[]): boolean => {
  const alike = sales.filter(each => each.symbol === sale.symbol && each.description === sale.description && each.basis !== null)
  if (sale.acquiredOn === null && sale.basis !== null) return true
  const costs = alike.map(({ basis, quantity }) => new Decimal(basis!).dividedBy(quantity))
  const days = new Set(alike.map(({ acquiredOn }) => acquiredOn))
  const [first] = costs
  return days.size > 1 && first !== undefined && costs.every(cost => cost.minus(first).abs().lessThan('0.005'))
}

const amountOf = (differences: readonly Difference[], field: Difference['field']): Decimal | undefined => {
  const difference = differences.find(each => each.field === field)?.difference
  return difference === undefined || difference === null ? undefined : new Decimal(difference)
}

/** A cost of a sale is small beside its proceeds. */
const largestFee = new Decimal('0.02')

/** The likely cause of the differences of a match. `sales` and `rows` are all lines of both sides. */
export const causeOf = (
  { broker, ours }: Match,
  differences: readonly Difference[],
  sales: readonly BrokerSale[],
  rows: readonly RealisedRow[],
): DifferenceCause => {
  const has = (field: Difference['field']) => differences.some(each => each.field === field)
  if (broker.length > 1 || ours.length > 1) return 'lot_divided'
  const sale = broker[0]!
  const row = ours[0]!
  const disallowed = amountOf(differences, 'disallowedLoss')
  if (disallowed !== undefined) return disallowed.isNegative() ? 'wash_sale_in_another_account' : 'wash_sale_not_in_ledger'
  const basis = amountOf(differences, 'basis')
  const addsLoss =
    basis !== undefined &&
    [...sales, ...rows].some(
      ({ disallowedLoss, symbol }) => symbol === row.symbol && !new Decimal(disallowedLoss).isZero() && basis.abs().equals(disallowedLoss),
    )
  // The basis of the replacement has the disallowed loss, and its holding period begins earlier.
  if (addsLoss) return has('acquiredOn') || has('term') ? 'holding_period_carried' : 'wash_sale_in_another_account'
  if (has('basis') && basis === undefined) return 'basis_unknown'
  if (basis !== undefined && isAverage(sale, sales)) return 'average_cost'
  if (basis !== undefined && has('acquiredOn')) return 'lot_method'
  if (has('acquiredOn') || has('term')) return 'holding_period_carried'
  const proceeds = amountOf(differences, 'proceeds')
  if (proceeds !== undefined && proceeds.abs().lessThanOrEqualTo(new Decimal(row.proceeds ?? 0).abs().times(largestFee)))
    return 'fees_in_proceeds'
  if (basis !== undefined) return 'lot_method'
  if (has('soldOn')) return 'settlement_date'
  return has('box') && differences.length === 1 ? 'box_assumed' : 'unknown'
}
