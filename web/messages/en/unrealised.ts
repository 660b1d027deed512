import { plural } from './plural.ts'

/** The words of the page of gains and losses that are not realised. */

export const titles = { gains: 'Unrealised gains' }

export const gains = {
  lead: 'What a sale today would gain or lose, in accounts in which gains are taxed. All amounts are in US dollars.',
  title: 'By term',
  file: (date: string, format: string) => `unrealised-gains-${date}.${format}`,
  caption: 'Unrealised gains by term',
  all: 'All',
  term: 'Term',
  value: 'Market value',
  basis: 'Cost basis',
  gains: 'Gains',
  losses: 'Losses',
  net: 'Net',
  empty: 'Nothing is held in accounts in which gains are taxed.',
  unknown: (count: number, shown: string) =>
    count === 1
      ? 'One lot is in no sum, because its price or its basis is not known.'
      : `${shown} lots are in no sum, because their price or their basis is not known.`,
}

export const turning = {
  title: 'Next to turn long-term',
  lead: 'Gains of shares that are held for more than one year are taxed at the lower long-term rates.',
  caption: 'Lots that turn long-term next',
  empty: 'All lots are long-term.',
  day: 'Long-term from',
  left: (count: number, shown: string) => `${plural(count, 'day', 'days', shown)} left`,
  security: 'Security',
  shares: 'Shares',
  gain: 'Gain',
  more: (count: number, shown: string) => `Show ${plural(count, 'more lot', 'more lots', shown)}`,
}

export const harvest = {
  title: 'Losses to realise',
  lead: 'Securities with lots at a loss. A loss that is realised lowers the tax on gains, and up to a limit the tax on other income.',
  empty: 'No lot is at a loss.',
  together: 'All that would be no wash sale, sold together',
  of: (symbol: string, account: string) => `${symbol} in ${account}`,
  loss: 'Loss',
  shortTerm: 'Counts, short-term',
  longTerm: 'Counts, long-term',
  disallowed: 'Would not count',
  saved: 'Tax saved',
  carried: 'Carried to next year',
  sold: (shares: string) => `${shares} at a loss`,
  wash: (amount: string, date: string) =>
    `A sale today would be a wash sale: ${amount} of the loss would not count, because of a purchase in the last 30 days. Wait until ${date}.`,
  doNotBuy: (symbols: string, date: string) =>
    `After a sale today, nobody in the household may buy ${symbols} up to ${date}, in any account.`,
  lots: 'Tax lots',
  compare: 'Compare ways to sell',
  ofSecurity: (what: string, name: string) => `${what}: ${name}`,
  gaps: 'The records of some accounts do not cover the last 30 days. A purchase that is missing there could make a wash sale:',
}

/** What the tax is estimated with. */
export const tax = {
  missing: (year: string, facts: string) => `The tax of ${year} is not estimated yet. Missing: ${facts}.`,
  facts: {
    filing_status: 'the filing status',
    income: 'the income of the year',
    state: 'the taxes of your state, which the platform does not know',
    year: 'the published figures of the year',
  },
  toFacts: (year: string) => `State the facts of ${year}`,
  estimate: (year: string, status: string, state: string, tableYear: string) =>
    `Tax of ${year}, estimated: ${status}, ${state}, with the published figures of ${tableYear}. Federal and state.`,
  noState: 'no state tax',
  realised: (shortTerm: string, longTerm: string) => `Realised so far in the year: ${shortTerm} short-term, ${longTerm} long-term.`,
  change: 'Change the facts',
}
