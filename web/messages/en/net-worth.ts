import { plural } from './plural.ts'

/** The words of net worth on the start page. */

export const netWorth = {
  title: 'Net worth',
  range: 'Range',
  ranges: { month: '1 month', quarter: '3 months', thisYear: 'This year', year: '1 year', five: '5 years', all: 'All' },
  sinceVisit: (date: string) => `Since ${date}`,
  on: (date: string) => `On ${date}`,
  assets: 'Assets',
  debts: 'Debts',
  since: (amount: string, date: string) => `${amount} since ${date}`,
  sinceWithShare: (amount: string, share: string, date: string) => `${amount} (${share}) since ${date}`,
  chart: 'Net worth by account',
  summary: (begin: string, beginDate: string, end: string, endDate: string) => `From ${begin} on ${beginDate} to ${end} on ${endDate}.`,
  date: 'Date',
  total: 'Net worth',
  hint: 'The line is the net worth. Point at a day to read it.',
  others: (count: number) => `Other accounts (${count})`,
  showOthers: 'The other accounts',
  onTheWay: 'On the way between accounts',
  gap: (names: string) => `On some days, these are in no figure, because their price or exchange rate is not known: ${names}.`,
  gapOf: (name: string, account: string) => `${name} in ${account}`,
  cashOf: (account: string) => `the balance of ${account}`,
  empty: 'Nothing is entered yet',
  emptyLead: 'The net worth begins with the first transaction, or with the first balance that is stated.',
  toAccounts: 'To the accounts',
}

export const changes = {
  title: 'What changed and why',
  loading: 'The figures are added up.',
  lead: (begin: string, end: string) => `From the evening of ${begin} to ${end}.`,
  leadOfVisit: (begin: string, end: string) => `Since your last visit, on ${begin}, to ${end}.`,
  leadOfAll: (first: string, end: string) => `From the first day, ${first}, to ${end}.`,
  reasons: 'Reasons of the change',
  reason: 'Reason',
  amount: 'Change',
  names: {
    flow: 'Money in and out',
    income: 'Dividends and interest',
    prices: 'Prices',
    currency: 'Exchange rates',
    fees: 'Fees and withheld taxes',
    rest: 'Not explained',
  },
  sum: 'Change of the net worth',
  most: 'Accounts that changed most',
  account: 'Account',
  mainReason: 'Mostly by',
  none: 'No account changed.',
}

export const homeAllocation = {
  title: 'Allocation against the target',
  loading: 'The holdings are added up.',
  lead: (portfolio: string, date: string) => `What “${portfolio}” consists of on ${date}.`,
  toPortfolio: 'To the portfolio',
  rebalance: 'Rebalance',
  outside: (count: number) => `${plural(count, 'part is', 'parts are')} outside of the band.`,
  empty: 'The portfolio holds nothing yet.',
}
