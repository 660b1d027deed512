/** The words of Form 8949 and Schedule D. */

import { plural } from './plural.ts'

export const boxes = {
  A: 'Short-term, basis reported on Form 1099-B',
  B: 'Short-term, basis not reported on Form 1099-B',
  C: 'Short-term, no Form 1099-B',
  D: 'Long-term, basis reported on Form 1099-B',
  E: 'Long-term, basis not reported on Form 1099-B',
  F: 'Long-term, no Form 1099-B',
}

export const gains = {
  title: 'Capital gains',
  lead: 'Sales of the year in the boxes of Form 8949, with Schedule D, in US dollars. Accounts in which gains are not taxed are left out.',
  toComparison: 'Compare with Form 1099-B',
  empty: 'No sales in this year.',
  calculating: 'Changes of the ledger are being calculated. The figures follow within a minute.',
  incomplete: (count: number, shown: string, proceeds: string) =>
    `${plural(count, 'sale is', 'sales are', shown)} in no total, because the basis or the proceeds are not known. Known proceeds: ${proceeds}.`,
  showIncomplete: 'Show incomplete sales',
  noStatus: 'The filing status is not stated. The deducted loss is that of every status but married filing separately.',
  noLosses: 'Losses of earlier years are not stated. They count as zero.',
  noShortLoss: 'Short-term losses of earlier years are not stated. They count as zero.',
  noLongLoss: 'Long-term losses of earlier years are not stated. They count as zero.',
  state: (year: number) => `State the facts of ${year}`,
  rounding: 'Amounts',
  roundings: { cents: 'In cents', dollars: 'In whole dollars' },
  plainSales: 'Sales with a reported basis and no adjustment',
  plainSalesHelp: 'Exception 1 of the form: such sales can be totals on lines 1a and 8a of Schedule D.',
  plainSalesChoices: { lines: 'Each on a line of Form 8949', totals: 'As totals on Schedule D (Exception 1)' },
  form: 'Form 8949',
  formCaption: (year: number) => `Form 8949 of ${year} by box`,
  box: (letter: string, words: string) => `${letter}: ${words}`,
  /** On a phone, where there is no room for the columns. */
  sums: (count: number, shown: string, proceeds: string, basis: string) =>
    `${plural(count, 'line', 'lines', shown)}. Proceeds: ${proceeds}. Basis: ${basis}.`,
  shortTotal: 'Short-term in all',
  longTotal: 'Long-term in all',
  columns: {
    box: 'Box',
    lines: 'Lines',
    proceeds: 'Proceeds',
    basis: 'Basis',
    adjustment: 'Adjustment',
    gain: 'Gain or loss',
  },
}

export const schedule = {
  title: 'Schedule D',
  caption: (year: number) => `Schedule D of ${year}`,
  lead: 'Lines that are zero are left out. Gains of other forms and of Schedules K-1 (lines 4, 5, 11 and 12) are not in the ledger.',
  line: 'Line',
  figure: 'Figure',
  lines: {
    '1a': 'Short-term, basis reported, not on Form 8949',
    '1b': 'Form 8949, box A',
    '2': 'Form 8949, box B',
    '3': 'Form 8949, box C',
    '4': 'Short-term gain of other forms',
    '5': 'Short-term gain of Schedules K-1',
    '6': 'Short-term loss of earlier years',
    '7': 'Net short-term gain or loss',
    '8a': 'Long-term, basis reported, not on Form 8949',
    '8b': 'Form 8949, box D',
    '9': 'Form 8949, box E',
    '10': 'Form 8949, box F',
    '11': 'Long-term gain of other forms',
    '12': 'Long-term gain of Schedules K-1',
    '13': 'Capital gain distributions',
    '14': 'Long-term loss of earlier years',
    '15': 'Net long-term gain or loss',
    '16': 'Net gain or loss',
    '21': 'Deducted loss',
  },
  carried: (year: number) => `Carried to ${year}`,
  shortTerm: 'Short-term loss',
  longTerm: 'Long-term loss',
  nothingCarried: (year: number) => `No loss is carried to ${year}.`,
}

export const lines = {
  title: 'Lines of Form 8949',
  lead: (year: string) => `Tax year ${year}, in US dollars. The oldest sale comes first.`,
  toTaxes: 'Taxes',
  box: (letter: string, words: string) => `Box ${letter}: ${words}`,
  incomplete: 'Incomplete sales',
  incompleteLead: 'These sales are in no total. Correct or add the transaction that is missing.',
  count: 'Lines',
  empty: 'There are no lines here.',
  unknownPart: 'There is no such box',
  unknownPartLead: 'Form 8949 has the boxes A to F.',
  description: 'Description',
  account: 'Account',
  reason: 'Reason',
  acquired: 'Acquired',
  sold: 'Sold',
  inherited: 'Inherited',
  code: 'Code',
  washSale: 'Wash sale',
  unknown: 'Not known',
  lotsOf: (description: string) => `${description}: show the tax lots`,
  /** On a phone, where there is no room for the columns. */
  soldOn: (date: string) => `Sold ${date}.`,
  parts: (acquired: string, proceeds: string, basis: string) => `Acquired: ${acquired}. Proceeds: ${proceeds}. Basis: ${basis}.`,
  disallowed: (amount: string) => `Wash sale: ${amount} disallowed.`,
}
