import { Decimal, splitMoney, sumMoney } from '../shared/index.ts'
import type { BeneficiaryKind } from './estate-types.ts'

interface Heir {
  /** Null for somebody outside of the household. */
  readonly personId: string | null
  readonly name: string
  readonly kind: BeneficiaryKind
  /** In per cent. The shares of a rank sum to 100. */
  readonly share: string
}

interface EstateAccount {
  readonly accountId: string
  readonly currency: string
  /** With two decimals; null if the account has no value yet. */
  readonly currentBalance: string | null
  readonly primary: readonly Heir[]
  readonly contingent: readonly Heir[]
}

interface PaidHeir extends Heir {
  readonly amount: string | null
}

/** Whole minor units that add up exactly to the balance. Of an overdrawn account nobody receives anything. */
const paid = (heirs: readonly Heir[], { currency, currentBalance }: EstateAccount): PaidHeir[] => {
  if (currentBalance === null || heirs.length === 0) return heirs.map(each => ({ ...each, amount: null }))
  const shares = heirs.map(({ share }) => share)
  const amounts = splitMoney(Decimal.max(currentBalance, 0), shares, currency)
  return heirs.map((each, index) => ({ ...each, amount: amounts[index]!.toFixed(2) }))
}

type Paid<Account> = Omit<Account, 'primary' | 'contingent'> & {
  readonly currency: string
  readonly primary: PaidHeir[]
  readonly contingent: PaidHeir[]
  readonly designation: ReturnType<typeof designationOf>
}

const sumOf = (amounts: readonly (string | null)[]): string => sumMoney(amounts.map(amount => Decimal.max(amount ?? 0, 0))).toFixed(2)

const designationOf = ({ contingent, primary }: EstateAccount) => {
  if (primary.length > 0) return contingent.length > 0 ? 'complete' : 'primary_only'
  return contingent.length > 0 ? 'contingent_only' : 'none'
}

/**
 * What the beneficiaries of accounts receive of their balances: the primary ones, or the contingent ones of an account that has no primary
 * one. Amounts of different currencies are never added.
 * @returns the accounts with the amount of each beneficiary, the heirs by name with their accounts and sums, and the sums of the accounts
 * with and without beneficiaries; amounts with two decimals, null for an account without a value
 */
export const estateOf = <Account extends EstateAccount>(accounts: readonly Account[]) => {
  const items = accounts.map(
    (account): Paid<Account> => ({
      ...account,
      primary: paid(account.primary, account),
      contingent: paid(account.contingent, account),
      designation: designationOf(account),
    }),
  )
  const received = items.flatMap(({ accountId, contingent, currency, primary }) =>
    (primary.length > 0 ? primary : contingent).map(({ amount, kind, name, personId, share }) => ({
      heir: { personId, name, kind, currency },
      part: { accountId, share, amount },
    })),
  )
  const byHeir = Map.groupBy(received, ({ heir }) => JSON.stringify([heir.personId ?? [heir.name, heir.kind], heir.currency]))
  const byCurrency = Map.groupBy(items, ({ currency }) => currency)
  const balances = (of: typeof items) => sumOf(of.map(({ currentBalance }) => currentBalance))
  return {
    items,
    heirs: [...byHeir.values()]
      .map(parts => ({
        ...parts[0]!.heir,
        amount: sumOf(parts.map(({ part }) => part.amount)),
        accounts: parts.map(({ part }) => part),
      }))
      .toSorted((one, other) => one.name.localeCompare(other.name) || one.currency.localeCompare(other.currency)),
    totals: [...byCurrency].map(([currency, of]) => ({
      currency,
      designated: balances(of.filter(({ designation }) => designation !== 'none')),
      undesignated: balances(of.filter(({ designation }) => designation === 'none')),
    })),
  }
}
