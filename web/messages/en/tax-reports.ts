/** The words of the tax centre. */
import { plural } from './plural.ts'

export const titles = { taxes: 'Taxes' }

export const taxes = {
  lead: (household: string) => `${household}: what the ledger has for the taxes of a year. Compare it with the forms of your institutions.`,
  year: 'Tax year',
  csv: 'CSV',
  pdf: 'PDF',
  save: (report: string, format: string) => `Save ${report} as ${format}`,
  file: (report: string, year: number, format: string) => `${report.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${year}.${format}`,
  failed: 'The file was not saved.',
  columns: {
    form: 'Form',
    box: 'Box',
    figure: 'Figure',
    amount: 'Amount',
    category: 'Category',
    date: 'Date',
    account: 'Account',
    description: 'Description',
    dividend: 'Dividend',
    reported: 'By the payer',
    qualified: 'Qualified',
  },
  open: (figure: string, count: number) => `${figure}: show ${plural(count, 'transaction', 'transactions')}`,
  transactionsOf: (figure: string) => `The transactions of ${figure}`,
  ledgerAmounts: 'The amounts are those of the ledger, after withheld tax and fees.',
}

export const income = {
  title: 'Dividends and interest',
  lead: 'Income of accounts that are taxed each year, in the boxes of the forms, before withheld tax.',
  empty: 'No dividends and no interest in this year.',
  caption: (name: string) => `Dividends and interest of ${name}`,
  all: (currency: string) => `All accounts, in ${currency}`,
  dividendBoxes: {
    '1a': 'Total ordinary dividends',
    '1b': 'Qualified dividends',
    '2a': 'Capital gain distributions',
    '3': 'Nondividend distributions',
    '4': 'Federal income tax withheld',
    '7': 'Foreign tax paid',
  },
  interestBoxes: { '1': 'Interest income', '4': 'Federal income tax withheld' },
  paid: 'Interest paid, in no box',
  notes: 'Dividends that need a look',
  notesLead:
    'A dividend is qualified if the payer says so and the shares were held for more than 60 days of the 121 days around the ex-dividend date.',
  notesCaption: 'Dividends with an explanation of their qualified part',
}

export const retirement = {
  title: 'Retirement accounts',
  lead: 'Contributions and distributions of retirement, health and education accounts. Transfers between them are in no box.',
  empty: 'No contributions and no distributions in this year.',
  caption: (name: string) => `Contributions and distributions of ${name}`,
  forms: { plan: 'Plan of an employer', none: 'No form' },
  transfersIn: 'Transfers in',
  transfersOut: 'Transfers out',
}

export const categories = {
  title: 'By category',
  lead: 'All transactions that count for taxes. Sales have their proceeds, not their gains. Transfers are left out.',
  empty: 'No transactions that count for the taxes of this year.',
  caption: 'Amounts by tax category',
  sheltered: 'in retirement, health and education accounts',
  names: {
    ordinary_dividend: 'Ordinary dividends',
    qualified_dividend: 'Qualified dividends',
    interest: 'Interest',
    capital_gain: 'Proceeds of sales',
    contribution: 'Contributions',
    distribution: 'Distributions',
    return_of_capital: 'Return of capital',
  },
}
