/** The words of the page that shows what is wrong with the data of a household. */
import type { Check, FactsOf, Shown } from '../../wealth/data-health/finding.ts'
import { plural } from './plural.ts'

export const titles = { dataHealth: 'Data health' }

export const page = {
  lead: 'What is missing, old or contradictory in your data, and where to fix it.',
  counts: (problems: string, warnings: string, hints: string) => `Problems: ${problems}. Warnings: ${warnings}. Hints: ${hints}.`,
  empty: 'Nothing to fix',
  emptyLead: 'Everything that was checked is in order.',
  checkAgain: 'Check again',
  showAll: (count: string) => `Show all ${count}`,
  leftOut: (count: string) => `${count} more findings of the same kind are not shown. They appear when some of these are fixed.`,
  byAdministrators: 'An administrator of the platform adds prices, splits and exchange rates.',
  fixOf: (action: string, name: string) => `${action}: ${name}`,
  own: 'All accounts',
  checkedTitle: 'What was checked',
  checked: (checks: number, subjects: string) => `${plural(checks, 'check', 'checks')} of ${subjects}`,
}

export const severities = { problem: 'Problem', warning: 'Warning', hint: 'Hint' } as const

export const areas = {
  prices: 'Prices',
  rates: 'Exchange rates',
  securities: 'Positions and tax lots',
  accounts: 'Accounts',
  connections: 'Bank connections',
  imports: 'Imports',
  transactions: 'Transactions',
} as const

/** What the checks of an area look at, with the count as it is printed. */
export const subjects = {
  prices: (count: number, shown: string) => plural(count, 'security', 'securities', shown),
  rates: (count: number, shown: string) => plural(count, 'currency', 'currencies', shown),
  securities: (count: number, shown: string) => plural(count, 'security', 'securities', shown),
  accounts: (count: number, shown: string) => plural(count, 'account', 'accounts', shown),
  connections: (count: number, shown: string) => plural(count, 'connection', 'connections', shown),
  imports: (count: number, shown: string) => plural(count, 'import', 'imports', shown),
  transactions: (count: number, shown: string) => `the transactions of ${plural(count, 'account', 'accounts', shown)}`,
} as const

const range = (from: string, until: string, { date }: Shown): string =>
  from === until ? `on ${date(from)}` : `from ${date(from)} to ${date(until)}`
const ratio = (numerator: number, denominator: number): string => `${numerator} for ${denominator}`
const transactions = (count: number, { number }: Shown): string => plural(count, 'transaction', 'transactions', number(count))
const shares = (quantity: string, { number }: Shown): string => plural(Number(quantity), 'share', 'shares', number(quantity))
const lastData = (lastSyncAt: string | null, { moment }: Shown): string =>
  lastSyncAt === null ? 'No data have come yet.' : `The last data came on ${moment(lastSyncAt)}.`

/** The sentence of each check. */
export const sentences: { readonly [Name in Check]: (facts: FactsOf<Name>, shown: Shown) => string } = {
  no_price: ({ lastTradeOn }, { date }) =>
    lastTradeOn === null
      ? 'There is no price, and no trade with one. No total contains it.'
      : `There is no market price. It is valued at your last trade, of ${date(lastTradeOn)}.`,
  stale_price: ({ currency, date, price, tradingDays }, shown) =>
    `The last close is ${shown.money(price, currency)}, of ${shown.date(date)}. The exchange has traded on ${shown.number(tradingDays)} days since.`,
  missing_split: ({ date, denominator, numerator }, shown) =>
    `The price changes on ${shown.date(date)} as in a split of ${ratio(numerator, denominator)}, but no split is recorded.`,
  split_without_jump: ({ date, denominator, numerator }, shown) =>
    `A split of ${ratio(numerator, denominator)} is recorded for ${shown.date(date)}, but the price does not change. Prices before it may be adjusted already.`,
  wrong_unit: ({ factor, from, until }, shown) =>
    `Prices are a hundred times too ${factor > 1 ? 'high' : 'low'} ${range(from, until, shown)}. They may be in another unit, such as pence.`,
  wrong_price: ({ change, count, date }, shown) =>
    `The close of ${shown.date(date)} changes by ${shown.percent(change)} and is back on the next day.${count > 1 ? ` ${shown.number(count)} closes look like this.` : ''}`,
  price_gap: ({ from, tradingDays, until }, shown) =>
    `There is no close on ${shown.number(tradingDays)} trading days in a row, ${range(from, until, shown)}.`,
  missing_rate: ({ quote }) => `There is no exchange rate to ${quote}. No total contains amounts in this currency.`,
  stale_rate: ({ date, days, quote }, shown) =>
    `The newest exchange rate to ${quote} is of ${shown.date(date)}, ${plural(days, 'day', 'days', shown.number(days))} ago. It is too old to convert amounts of today.`,
  lots_under_way: ({ count, since }, shown) =>
    `The tax lots of ${plural(count, 'security', 'securities', shown.number(count))} wait to be calculated since ${shown.moment(since)}.`,
  negative_position: ({ accountName, date, quantity }, shown) =>
    `${accountName}: ${shares(quantity, shown)} more left the account than it held on ${shown.date(date)}. An earlier purchase or transfer is missing.`,
  split_not_entered: ({ accountName, date, denominator, numerator, quantity }, shown) =>
    `${accountName}: ${shares(quantity, shown)} were held through the split of ${ratio(numerator, denominator)} on ${shown.date(date)}, but the split is not entered. The number of shares is wrong if they are not adjusted.`,
  unknown_cost_basis: ({ accountName, quantity }, shown) =>
    `${accountName}: the cost basis of ${shares(quantity, shown)} that were transferred in is not known. Gains are not known either.`,
  incomplete_lots: ({ accountName, count, date, message }, shown) =>
    `${accountName}, ${shown.date(date)}: ${message}${count > 1 ? ` This concerns ${transactions(count, shown)}.` : ''}`,
  unnamed_security: ({ accountName, quantity }, shown) =>
    `${accountName}: ${shares(quantity, shown)} are known by an identifier or a name only, so that they have no price. Enter a change of symbol.`,
  unclassified_security: () => 'Its asset classes are not known, so that your allocation is incomplete.',
  balance_differs: ({ balance, currency, date, difference, stated }, shown) =>
    `The institution stated ${shown.money(stated, currency)} for ${shown.date(date)}, but the transactions sum to ${shown.money(balance, currency)}. The difference is ${shown.money(difference, currency)}.`,
  balance_below_zero: ({ balance, currency }, shown) =>
    `The balance is ${shown.money(balance, currency)}. An income or the opening balance may be missing.`,
  debt_above_zero: ({ balance, currency }, shown) =>
    `The balance is ${shown.money(balance, currency)}, above zero. What is owed is a negative balance.`,
  closed_with_balance: ({ balance, currency, date }, shown) =>
    `It was closed on ${shown.date(date)} with a balance of ${shown.money(balance, currency)}.`,
  stale_balance: ({ allowedDays, date, days }, shown) =>
    `Its value was stated on ${shown.date(date)}, ${shown.number(days)} days ago. It counts as old after ${shown.number(allowedDays)} days.`,
  nothing_entered: ({ allowedDays, date, days }, shown) =>
    `The last transaction is of ${shown.date(date)}, ${shown.number(days)} days ago. It counts as old after ${shown.number(allowedDays)} days.`,
  coverage_gap: ({ from, months, until }, shown) =>
    `There is no transaction in ${shown.number(months)} months, ${range(from, until, shown)}, but there are before and after.`,
  statement_gap: ({ days, from, until }, shown) =>
    `No value was stated in the ${shown.number(days)} days between ${shown.date(from)} and ${shown.date(until)}.`,
  no_opening_balance: ({ balance, currency, date }, shown) =>
    `It began at zero and was ${shown.money(balance, currency)} on ${shown.date(date)}. The opening balance or earlier transactions may be missing.`,
  nothing_recorded: ({ isStated }) => (isStated ? 'No value has been stated.' : 'It has no transactions and no opening balance.'),
  no_tax_type: () => 'Its tax type is not stated, so that taxes and contribution limits are not known.',
  connection_broken: ({ lastSyncAt, message }, shown) =>
    `${message ?? 'The institution asks you to sign in again.'} ${lastData(lastSyncAt, shown)}`,
  connection_failing: ({ lastSyncAt, message }, shown) => `${message ?? 'The synchronisation fails.'} ${lastData(lastSyncAt, shown)}`,
  connection_expiring: ({ expiresAt, isExpired }, { moment }) =>
    isExpired ? `Your consent ended on ${moment(expiresAt)}.` : `Your consent ends on ${moment(expiresAt)}. Agree again before.`,
  not_synced: ({ lastSyncAt }, shown) => `It brings no data, although no failure is known. ${lastData(lastSyncAt, shown)}`,
  failed_import: ({ message }) => `The import failed: ${message}`,
  unfinished_import: ({ isUnderWay, since }, { moment }) =>
    isUnderWay ? `Its transactions are under way since ${moment(since)}.` : `It was begun on ${moment(since)} and never stored.`,
  rejected_rows: ({ count, importedAt }, shown) =>
    `${plural(count, 'row', 'rows', shown.number(count))} could not be read on ${shown.moment(importedAt)}, and ${count === 1 ? 'is' : 'are'} not in the ledger.`,
  possible_duplicates: ({ amount, count, currency, description, from, until }, shown) =>
    `${plural(count, 'pair', 'pairs', shown.number(count))} of transactions may be the same, ${range(from, until, shown)}. The newest: ${description}, ${shown.money(amount, currency)}.`,
  unmatched_transfer: ({ count, from, until }, shown) =>
    `${transactions(count, shown)} ${range(from, until, shown)} ${count === 1 ? 'is labelled as a transfer' : 'are labelled as transfers'}, without another half in your accounts.`,
  transfer_to_confirm: ({ count }, shown) =>
    `${plural(count, 'transfer was', 'transfers were', shown.number(count))} found. Until you confirm ${count === 1 ? 'it, it counts' : 'them, they count'} as spending and income.`,
  future_transaction: ({ count, from, until }, shown) =>
    `${transactions(count, shown)} ${count === 1 ? 'is' : 'are'} after today, ${range(from, until, shown)}. The balance of today does not contain ${count === 1 ? 'it' : 'them'}.`,
  old_pending: ({ allowedDays, count, from, until }, shown) =>
    `${transactions(count, shown)} ${count === 1 ? 'is' : 'are'} pending for more than ${shown.number(allowedDays)} days, ${range(from, until, shown)}.`,
  uncategorised: ({ count, from, until }, shown) =>
    `${transactions(count, shown)} of the last year ${count === 1 ? 'has' : 'have'} no category, ${range(from, until, shown)}.`,
}

export const actions = {
  addInstrument: 'Add the security',
  addPrices: 'Add prices',
  showPrices: 'Show the prices',
  showPosition: 'Show the position',
  changeSplits: 'Change the splits',
  addRates: 'Add exchange rates',
  showRates: 'Show the exchange rates',
  showInvestments: 'Show the investments',
  enterMissing: 'Enter what is missing',
  enterSplit: 'Enter the split',
  enterSymbol: 'Enter the symbol',
  stateBasis: 'Show the transfer',
  showTransactions: 'Show the transactions',
  classify: 'State its classes',
  compare: 'Compare the transactions',
  openAccount: 'Open the account',
  stateValue: 'State a value',
  importFile: 'Import transactions',
  changeAccount: 'Change the account',
  reconnect: 'Reconnect',
  showConnection: 'Show the connection',
  showImport: 'Show the import',
  matchTransfers: 'Match the transfers',
  showPending: 'Show what is pending',
  categorise: 'Give categories',
}
