import type { DataTable, DocumentSection, PrintedDocument } from '../../../documents/index.ts'
import { Decimal, type Money } from '../../../shared/index.ts'
import type { Form8949, Form8949Totals } from '../form-8949.ts'
import type { Form8949Box } from '../realised-row.ts'
import type { ScheduleD } from '../schedule-d.ts'
import { amountOrNothing, footer, printedAmount, type ReportNames, subtitleOf } from './words.ts'

const boxWords: Readonly<Record<Form8949Box, string>> = {
  A: 'Short-term, basis reported on Form 1099-B',
  B: 'Short-term, basis not reported on Form 1099-B',
  C: 'Short-term, no Form 1099-B',
  D: 'Long-term, basis reported on Form 1099-B',
  E: 'Long-term, basis not reported on Form 1099-B',
  F: 'Long-term, no Form 1099-B',
}

/** `01/31/2025`, as the form asks for it; other texts as they are. */
const formDate = (date: string | null): string => (date ?? '').replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2/$3/$1')
const unlessZero = (amount: Money): string => (new Decimal(amount).isZero() ? '' : printedAmount(amount))

const totalCells = ({ adjustment, basis, gain, proceeds }: Form8949Totals): string[] => [
  printedAmount(proceeds),
  printedAmount(basis),
  '',
  unlessZero(adjustment),
  printedAmount(gain),
]

const columns = [
  { title: '(a) Description', width: 6 },
  { title: '(b) Acquired', width: 2.2 },
  { title: '(c) Sold', width: 2.2 },
  { title: '(d) Proceeds', width: 2.6, align: 'end' as const },
  { title: '(e) Basis', width: 2.6, align: 'end' as const },
  { title: '(f) Code', width: 1.3 },
  { title: '(g) Adjustment', width: 2.4, align: 'end' as const },
  { title: '(h) Gain or loss', width: 2.6, align: 'end' as const },
]

const lineWords: readonly (readonly [keyof ScheduleD['lines'] | keyof ScheduleD['sums'], string])[] = [
  ['1a', 'Short-term, basis reported, without Form 8949'],
  ['1b', 'Form 8949, box A'],
  ['2', 'Form 8949, box B'],
  ['3', 'Form 8949, box C'],
  ['4', 'Short-term gain of other forms'],
  ['5', 'Short-term gain of Schedules K-1'],
  ['6', 'Short-term loss carried over'],
  ['7', 'Net short-term gain or loss'],
  ['8a', 'Long-term, basis reported, without Form 8949'],
  ['8b', 'Form 8949, box D'],
  ['9', 'Form 8949, box E'],
  ['10', 'Form 8949, box F'],
  ['11', 'Long-term gain of other forms'],
  ['12', 'Long-term gain of Schedules K-1'],
  ['13', 'Capital gain distributions'],
  ['14', 'Long-term loss carried over'],
  ['15', 'Net long-term gain or loss'],
  ['16', 'Lines 7 and 15 together'],
  ['21', 'Deducted loss'],
]

const scheduleSection = ({ carryover, lines, sums }: ScheduleD): DocumentSection => ({
  title: 'Schedule D',
  table: {
    columns: [
      { title: 'Line', width: 1 },
      { title: '', width: 6 },
      { title: '(d) Proceeds', width: 2, align: 'end' },
      { title: '(e) Basis', width: 2, align: 'end' },
      { title: '(g) Adjustment', width: 2, align: 'end' },
      { title: '(h) Gain or loss', width: 2, align: 'end' },
    ],
    rows: lineWords.map(([line, words]) => {
      if (!(line in sums)) return [line, words, '', '', '', printedAmount(lines[line as keyof ScheduleD['lines']])]
      const { adjustment, basis, gain, proceeds } = sums[line as keyof ScheduleD['sums']]
      return [line, words, printedAmount(proceeds), printedAmount(basis), unlessZero(adjustment), printedAmount(gain)]
    }),
  },
  notes: [`Carried to the next year: short-term ${printedAmount(carryover.shortTerm)}, long-term ${printedAmount(carryover.longTerm)}.`],
})

/** Form 8949 as a document, with Schedule D if it is given. */
export const form8949Document = (form: Form8949, year: number, names: ReportNames, schedule?: ScheduleD): PrintedDocument => {
  const linesOf = Map.groupBy(form.lines, ({ box }) => box)
  return {
    title: schedule ? 'Form 8949 and Schedule D' : 'Form 8949',
    subtitle: subtitleOf(names, year),
    footer,
    orientation: 'landscape',
    sections: [
      ...(form.parts.length + form.incomplete.length === 0 ? [{ title: 'Form 8949', notes: ['Nothing was sold in this year.'] }] : []),
      ...form.parts.map(({ box, totals }) => ({
        title: `Box ${box}: ${boxWords[box]}`,
        table: {
          columns,
          rows: (linesOf.get(box) ?? []).map(line => [
            line.description,
            formDate(line.acquired),
            formDate(line.sold),
            amountOrNothing(line.proceeds),
            amountOrNothing(line.basis),
            line.codes,
            unlessZero(line.adjustment),
            amountOrNothing(line.gain),
          ]),
          totals: [['Total', '', '', ...totalCells(totals)]],
        },
      })),
      ...(form.incomplete.length === 0
        ? []
        : [
            {
              title: 'Incomplete: in no total',
              table: {
                columns: [...columns.slice(0, 4), { title: 'Reason', width: 8 }],
                rows: form.incomplete.map(({ acquired, description, proceeds, reason, sold }) => [
                  description,
                  formDate(acquired),
                  formDate(sold),
                  amountOrNothing(proceeds),
                  reason ?? '',
                ]),
              },
            },
          ]),
      ...(schedule ? [scheduleSection(schedule)] : []),
    ],
  }
}

/** Form 8949 as a table. Incomplete disposals have no basis and no gain. */
export const form8949Table = ({ incomplete, lines }: Form8949, names: ReportNames): DataTable => ({
  columns: [
    { name: 'box' },
    { name: 'description' },
    { name: 'date_acquired' },
    { name: 'date_sold' },
    { name: 'proceeds', isNumber: true },
    { name: 'basis', isNumber: true },
    { name: 'code' },
    { name: 'adjustment', isNumber: true },
    { name: 'gain', isNumber: true },
    { name: 'account' },
    { name: 'transaction_id' },
    { name: 'lot_transaction_id' },
    { name: 'incomplete_reason' },
  ],
  rows: [...lines, ...incomplete].map(line => [
    line.box,
    line.description,
    line.acquired ?? '',
    line.sold,
    line.proceeds ?? '',
    line.basis ?? '',
    line.codes,
    line.gain === null ? '' : line.adjustment,
    line.gain ?? '',
    names.accountName(line.accountId),
    line.transactionId,
    line.lotTransactionId ?? '',
    line.reason ?? '',
  ]),
})
