import type { ApiAnswer } from '../../../../lambdas/api-types.ts'
import { formatDate, formatMoney, formatNumber } from '../../../components/format.ts'
import type { Look } from '../../../shell/preferences.ts'
import { comparison as m } from '#messages/broker-form'

export type Answer = ApiAnswer<'POST /v1/wealth/broker-comparisons'>
export type Item = Answer['items'][number]
export type Difference = Item['differences'][number]
export type BrokerSale = Item['broker'][number]

/** A comparison with what it was made of. */
export interface Compared {
  readonly answer: Answer
  /** The name of the account, or that it is of all. */
  readonly account: string
  readonly file: string
  readonly key: string
}

/** Decimal places of a quantity. */
const places = 10

/** The sale that an item is about: `10 sh. VTI, sold Jan 3, 2025`. */
export const saleWords = ({ broker, ours }: Item, look: Look): string => {
  const [row] = ours
  const [sale] = broker
  if (row !== undefined && ours.length === 1) return m.sale(row.description, formatDate(row.sold, look))
  if (sale === undefined) return ''
  const security = sale.symbol ?? sale.description ?? m.unnamed
  return m.sale(
    broker.length === 1 ? m.shares(formatNumber(sale.quantity, look, places), security) : security,
    formatDate(sale.soldOn, look),
  )
}

const dates: ReadonlySet<string> = new Set(['soldOn', 'acquiredOn'])
const amounts: ReadonlySet<string> = new Set(['proceeds', 'basis', 'disallowedLoss'])

/** A value of a field that differs. `signed`: the difference of two values. */
export const valueWords = (field: Difference['field'], value: string | null, look: Look, signed = false): string => {
  if (value === null) return signed ? '' : m.unknown
  if (dates.has(field)) return formatDate(value, look)
  if (amounts.has(field)) return formatMoney(value, look, { currency: 'USD', precision: 'exact', signed })
  if (field === 'quantity') return formatNumber(value, look, places)
  return field === 'term' ? (m.terms[value as keyof typeof m.terms] ?? value) : value
}
