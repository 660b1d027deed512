/** The words of the review of transfers and recurring payments. */
import { plural } from './plural.ts'

export const titles = { review: 'Review' }

export const page = {
  lead: 'Confirm what was found in your transactions, or dismiss it. What you dismiss is not found again.',
  find: 'Look again',
  found: (transfers: number, recurring: number) =>
    `Found: ${plural(transfers, 'transfer', 'transfers')}, ${plural(recurring, 'payment that repeats', 'payments that repeat')}`,
  failed: 'The change was not made.',
  noHousehold: 'Make a household first.',
  confirm: 'Confirm',
  dismiss: 'Dismiss',
  sure: 'Sure',
}

export const transfers = {
  title: 'Transfers between your accounts',
  lead: 'A confirmed transfer is neither spending nor income.',
  empty: 'No transfer waits for you',
  emptyLead: 'Transfers are found soon after you add the transactions of both accounts, by import or by bank connection.',
  date: 'Date',
  accounts: 'From and to',
  route: (from: string, to: string) => `${from} → ${to}`,
  amount: 'Amount',
  decide: 'Decide',
  confirmOf: (from: string, to: string) => `Confirm the transfer from ${from} to ${to}`,
  dismissOf: (from: string, to: string) => `Dismiss the transfer from ${from} to ${to}`,
  confirmed: 'The transfer was confirmed',
  dismissed: 'The transfer was dismissed',
}

export const recurring = {
  title: 'Payments and incomes that repeat',
  lead: 'Confirmed ones are expected on their next date.',
  empty: 'Nothing that repeats was found',
  emptyLead: 'A payment is found after it has come a few times.',
  name: 'Name',
  period: 'Repeats',
  amount: 'Amount',
  next: 'Next',
  state: 'State',
  confirmOf: (name: string) => `Confirm ${name}`,
  dismissOf: (name: string) => `Dismiss ${name}`,
  confirmed: (name: string) => `${name} was confirmed`,
  dismissed: (name: string) => `${name} was dismissed`,
  isConfirmed: 'Confirmed',
  missed: (count: number) => `${count} missed`,
  priceChanged: 'New price',
  periods: {
    weekly: 'every week',
    biweekly: 'every two weeks',
    semi_monthly: 'twice a month',
    monthly: 'every month',
    quarterly: 'every quarter',
    half_yearly: 'twice a year',
    yearly: 'every year',
  } as const,
}
