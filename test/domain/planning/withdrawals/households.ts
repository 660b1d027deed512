import {
  type AccountKind,
  type AccountSlots,
  createAccountSlots,
  createWithdrawals,
  prepareWithdrawals,
  type TaxOfWithdrawals,
  type WithdrawalOrder,
  type Withdrawals,
  type WithdrawalYear,
  withdrawForYear,
} from '../../../../domain/planning/withdrawals/index.ts'

export interface Account {
  kind: AccountKind
  balance: number
  basis?: number
  recentConversions?: number
  required?: number
  charitable?: number
  early?: boolean
  earningsTaxed?: boolean
}

export const noTax: TaxOfWithdrawals = () => 0

/** Ordinary income at 10, 22 and 35 %, gains at 15 %, and both penalties: piecewise linear like the real tax. */
export const kinkedTax: TaxOfWithdrawals = ({ ordinary, gain, early, earlyHsa }) =>
  0.1 * Math.min(ordinary, 20_000) +
  0.22 * Math.min(Math.max(ordinary - 20_000, 0), 60_000) +
  0.35 * Math.max(ordinary - 80_000, 0) +
  0.15 * Math.max(gain, 0) +
  0.1 * early +
  0.2 * earlyHsa

export function slotsOf(accounts: Account[]): AccountSlots {
  const slots = createAccountSlots(accounts.length)
  for (const [i, account] of accounts.entries()) {
    slots.balance[i] = account.balance
    slots.basis[i] = account.basis ?? account.balance
    slots.recentConversions[i] = account.recentConversions ?? 0
  }
  return slots
}

export type YearNeeds = Partial<Pick<WithdrawalYear, 'medicalNeed' | 'educationNeed' | 'bracketRoom'>>

/** One year of a household. */
export function withdraw(
  accounts: Account[],
  order: WithdrawalOrder | 'conventional' | 'proportional' | 'bracket-aware',
  need: number,
  tax: TaxOfWithdrawals = noTax,
  needs: YearNeeds = {},
): { out: Withdrawals; slots: AccountSlots } {
  const spec = { accounts: accounts.map(account => account.kind), order: typeof order === 'string' ? { kind: order } : order }
  const slots = slotsOf(accounts)
  const out = createWithdrawals(accounts.length)
  const year: WithdrawalYear = {
    need,
    medicalNeed: 0,
    educationNeed: 0,
    bracketRoom: 0,
    ...needs,
    required: Float64Array.from(accounts, account => account.required ?? 0),
    charitable: Float64Array.from(accounts, account => account.charitable ?? 0),
    early: Uint8Array.from(accounts, account => (account.early === true ? 1 : 0)),
    earningsTaxed: Uint8Array.from(accounts, account => ((account.earningsTaxed ?? account.early) === true ? 1 : 0)),
  }
  withdrawForYear(prepareWithdrawals(spec), slots, year, tax, out)
  return { out, slots }
}

export const cents = (values: Iterable<number>): number[] => [...values].map(value => Math.round(value * 100) / 100)
