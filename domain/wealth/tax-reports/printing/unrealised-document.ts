import type { DataTable, DocumentSection, PrintedDocument } from '../../../documents/index.ts'
import type { UnrealisedLot, UnrealisedReport, UnrealisedTotals } from '../unrealised.ts'
import { amountOrNothing, footer, printedAmount, type ReportNames } from './words.ts'

const termWords = { short: 'Short-term', long: 'Long-term' } as const

const totalCells = ({ costBasis, gains, losses, marketValue, net }: UnrealisedTotals): string[] =>
  [marketValue, costBasis, gains, losses, net].map(printedAmount)

const totalsSection = ({ totals, unknownCount }: UnrealisedReport): DocumentSection => ({
  title: 'By term',
  table: {
    columns: [
      { title: 'Term', width: 2 },
      ...['Market value', 'Basis', 'Gains', 'Losses', 'Net'].map(title => ({ title, width: 2, align: 'end' as const })),
    ],
    rows: (['short', 'long'] as const).map(term => [termWords[term], ...totalCells(totals[term])]),
  },
  notes: unknownCount === 0 ? [] : [`Lots in no total, because their price or basis is not known: ${unknownCount}.`],
})

const lotCells = (
  { accountId, acquiredOn, costBasis, isShort, longTermOn, marketValue, quantity, symbol, term, unrealisedGain }: UnrealisedLot,
  names: ReportNames,
) => [
  names.accountName(accountId),
  isShort ? `${symbol} (short)` : symbol,
  quantity,
  acquiredOn,
  isShort ? '' : longTermOn,
  amountOrNothing(marketValue),
  amountOrNothing(costBasis),
  amountOrNothing(unrealisedGain),
  termWords[term],
]

/** Unrealised gains as a document: the sums by term, then the lots. */
export const unrealisedDocument = (report: UnrealisedReport, names: ReportNames): PrintedDocument => ({
  title: 'Unrealised gains',
  subtitle: `${names.household}, ${report.asOf}`,
  footer,
  orientation: 'landscape',
  sections: [
    totalsSection(report),
    report.lots.length === 0
      ? { title: 'Lots', notes: ['Nothing is held in accounts in which gains are taxed.'] }
      : {
          title: 'Lots, those that turn long-term soonest first',
          table: {
            columns: [
              { title: 'Account', width: 3 },
              { title: 'Security', width: 2 },
              { title: 'Quantity', width: 2, align: 'end' },
              { title: 'Acquired', width: 2 },
              { title: 'Long-term on', width: 2 },
              { title: 'Market value', width: 2.4, align: 'end' },
              { title: 'Basis', width: 2.4, align: 'end' },
              { title: 'Gain or loss', width: 2.4, align: 'end' },
              { title: 'Term', width: 2 },
            ],
            rows: report.lots.map(lot => lotCells(lot, names)),
          },
        },
  ],
})

/** Unrealised gains as a table: a lot per row. */
export const unrealisedTable = ({ lots }: UnrealisedReport, names: ReportNames): DataTable => ({
  columns: [
    { name: 'account' },
    { name: 'symbol' },
    { name: 'is_short' },
    { name: 'quantity', isNumber: true },
    { name: 'acquired_on' },
    { name: 'long_term_on' },
    { name: 'price', isNumber: true },
    { name: 'price_date' },
    { name: 'market_value', isNumber: true },
    { name: 'cost_basis', isNumber: true },
    { name: 'unrealised_gain', isNumber: true },
    { name: 'term' },
    { name: 'opening_id' },
  ],
  rows: lots.map(lot => [
    names.accountName(lot.accountId),
    lot.symbol,
    String(lot.isShort),
    lot.quantity,
    lot.acquiredOn,
    lot.isShort ? '' : lot.longTermOn,
    lot.price ?? '',
    lot.priceDate ?? '',
    lot.marketValue ?? '',
    lot.costBasis ?? '',
    lot.unrealisedGain ?? '',
    lot.term,
    lot.openingId,
  ]),
})
