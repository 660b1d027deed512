import { epochDayOf, formatDate } from '../../domain/shared/index.ts'
import { calculateLots, type LotEvent, type LotResult, textOfUnits } from '../../domain/wealth/index.ts'
import { event } from '../domain/wealth/lots/histories.ts'

/** A row of a published wash-sale case: a lot, bought as a whole and perhaps sold as a whole, in cents. */
export interface WashRow {
  readonly quantity: number
  readonly symbol: string
  readonly bought: string
  readonly holdingFrom: string
  readonly basis: number
  readonly sold: string
  readonly proceeds: number
  readonly disallowed: number
  readonly lot: string
  readonly isReplacement: boolean
}

const dateOf = (text: string): string => {
  const [month, day, year] = text.split('/').map(Number)
  return text === '' ? '' : formatDate({ year: year!, month: month!, day: day! })
}

/** Reads rows of published cases: of one source in cents with an adjusted date and basis beside the first ones, of the other in dollars with these instead. */
export const washRows = (rows: readonly Readonly<Record<string, string>>[]): WashRow[] =>
  rows.map((row, index) => {
    const ownLot = `_${index + 1}`
    const cents = (text: string | undefined, scale: number): number => Math.round(Number((text ?? '').replaceAll(/[$,]/g, '')) * scale)
    if ('Cnt' in row)
      return {
        quantity: Number(row['Cnt']),
        symbol: row['Sym']!,
        bought: dateOf(row['BuyDate']!),
        holdingFrom: dateOf(row['BuyDate']!),
        basis: cents(row['Basis'], 100),
        sold: dateOf(row['SellDate']!),
        proceeds: cents(row['Proceeds'] ?? row['Proeeds'], 100),
        disallowed: cents(row['Adj'], 100),
        lot: row['BuyLot'] ? `_${row['BuyLot'].split(',')[0]}` : ownLot,
        isReplacement: row['IsReplacement'] === 'True',
      }
    return {
      quantity: Number(row['Num Shares']),
      symbol: row['Symbol']!,
      bought: dateOf(row['Buy Date']!),
      holdingFrom: dateOf(row['Adjusted Buy Date'] || row['Buy Date']!),
      basis: cents(row['Adjusted Basis'] || row['Basis'], 1),
      sold: dateOf(row['Sell Date']!),
      proceeds: cents(row['Proceeds'], 1),
      disallowed: cents(row['Adjustment'], 1),
      lot: row['Buy Lot'] || ownLot,
      isReplacement: row['Is Replacement'] === 'True',
    }
  })

/** The transactions behind the rows: rows of one lot were bought at once. */
export const eventsOf = (rows: readonly WashRow[]): LotEvent[] => {
  const place = (row: WashRow): string => String(rows.indexOf(row)).padStart(4, '0')
  const buys = [...Map.groupBy(rows, ({ lot }) => lot)].map(([lot, parts]) =>
    event('buy', parts[0]!.bought, {
      id: lot,
      symbol: parts[0]!.symbol,
      quantity: parts.reduce((sum, { quantity }) => sum + quantity, 0),
      dollars: parts.reduce((sum, { basis }) => sum + basis, 0) / 100,
      isReplacement: parts.some(({ isReplacement }) => isReplacement),
      // Of lots of one day the one that is sold first comes first.
      tie: `${parts[0]!.sold || '9999'} ${place(parts[0]!)}`,
    }),
  )
  const sales = rows
    .filter(({ sold }) => sold !== '')
    .map(row =>
      event('sell', row.sold, {
        id: `sale ${place(row)}`,
        symbol: row.symbol,
        quantity: row.quantity,
        dollars: row.proceeds / 100,
        picks: [[row.lot, row.quantity]],
      }),
    )
  return [...buys, ...sales]
}

/** Sums by lot, sale and start of the holding period: whether an amount is on one row or on two says nothing. */
const summed = (parts: readonly { readonly key: string; readonly amounts: readonly number[] }[]): Record<string, readonly number[]> => {
  const sums: Record<string, number[]> = {}
  for (const { amounts, key } of parts) sums[key] = amounts.map((amount, index) => amount + (sums[key]?.[index] ?? 0))
  return sums
}

export const expectedOf = (rows: readonly WashRow[]) =>
  summed(
    rows.map(({ basis, disallowed, holdingFrom, lot, proceeds, quantity, sold }) => ({
      key: `${lot} sold ${sold === '' ? '' : epochDayOf(sold)} held from ${epochDayOf(holdingFrom)}`,
      amounts: [quantity, basis, proceeds, disallowed],
    })),
  )

export const calculatedOf = ({ closings, lots }: LotResult) =>
  summed([
    ...closings.map(closing => ({
      key: `${closing.openedBy} sold ${closing.closedDay} held from ${closing.holdingDay}`,
      amounts: [Number(textOfUnits(closing.quantity)), closing.basisCents!, closing.proceedsCents!, closing.disallowedCents],
    })),
    ...lots.map(lot => ({
      key: `${lot.openedBy} sold  held from ${lot.holdingDay}`,
      amounts: [Number(textOfUnits(lot.quantity)), lot.basisCents!, 0, 0],
    })),
  ])

export const calculateRows = (input: readonly WashRow[]): LotResult =>
  calculateLots({ accounts: [{ id: 'taxable', isTaxAdvantaged: false }], events: eventsOf(input), identicalPairs: [] })
