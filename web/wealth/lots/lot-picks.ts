import { formatNumber } from '../../components/format.ts'
import { parseNumber } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { sumOf } from '../account-kinds.ts'
import type { TaxLot } from './lot-data.ts'
import { form as words } from '#messages/shell'
import { picking as m } from '#messages/lot-choices'

/** Shares of the lot that a transaction has opened. */
export interface ChosenLot {
  readonly openingId: string
  readonly quantity: string
}

/** A lot of which shares can be chosen. */
export type OpenLot = ChosenLot & Pick<TaxLot, 'acquiredOn' | 'term' | 'costBasis'>

/** Decimal places of a quantity. */
const places = 10

/** The exact sum of quantities. */
export const sumOfShares = (quantities: readonly string[]): string => {
  const units = quantities.reduce((sum, quantity) => {
    const [whole = '0', fraction = ''] = quantity.split('.')
    return sum + BigInt(`${whole}${fraction.padEnd(places, '0').slice(0, places)}`)
  }, 0n)
  const digits = units.toString().padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
}

/** One lot for each transaction: the parts that wash sales have made of a lot are chosen together. */
export const mergeLots = (lots: readonly OpenLot[]): readonly OpenLot[] =>
  [...Map.groupBy(lots, ({ openingId }) => openingId).values()]
    .map(([first, ...rest]) =>
      rest.reduce<OpenLot>(
        (merged, { costBasis, quantity }) => ({
          ...merged,
          quantity: sumOfShares([merged.quantity, quantity]),
          costBasis: merged.costBasis === null || costBasis === null ? null : sumOf([merged.costBasis, costBasis]),
        }),
        first!,
      ),
    )
    .toSorted((one, other) => one.acquiredOn.localeCompare(other.acquiredOn))

/** What is typed for each lot, as one value of a form: the text by the transaction that opened the lot. */
export type Typed = Readonly<Record<string, string>>
export const typedOf = (value: string): Typed => JSON.parse(value) as Typed

export const valueOf = (picks: readonly ChosenLot[], look: Look): string =>
  JSON.stringify(
    Object.fromEntries(
      [...Map.groupBy(picks, ({ openingId }) => openingId)].map(([openingId, parts]) => [
        openingId,
        formatNumber(sumOfShares(parts.map(({ quantity }) => quantity)), look, places),
      ]),
    ),
  )

/** The lots that are chosen in a value without a fault. */
export const picksIn = (value: string, look: Look): readonly ChosenLot[] =>
  Object.entries(typedOf(value)).flatMap(([openingId, text]) => {
    const quantity = parseNumber(text, look.locale)
    return quantity === undefined ? [] : [{ openingId, quantity }]
  })

export const pickFault = (value: string, look: Look): string | undefined => {
  const texts = Object.values(typedOf(value)).filter(text => text.trim() !== '')
  if (texts.length === 0) return m.needed
  return texts.some(text => parseNumber(text, look.locale) === undefined) ? words.notNumber : undefined
}
