import type { BalanceSource } from '../../ledger-terms.ts'
import { calculateValueHistory } from './calculate-value-history.ts'
import { statedHistory } from './stated-account.ts'
import type { HistoryAccount, HoldingHistory, ValueHistory, ValueHistoryInput } from './types.ts'

export interface FollowedInput extends Omit<ValueHistoryInput, 'accounts'> {
  readonly accounts: readonly (HistoryAccount & { readonly balanceSource: BalanceSource })[]
  /** What accounts with a stated balance were worth, by account and day. Of a continued history, those after its state. */
  readonly statements: readonly { readonly accountId: string; readonly day: number; readonly balance: number }[]
}

/**
 * The value of each holding on each day, as `calculateValueHistory` has it; accounts with a stated balance are corrected by their statements.
 * Continued from a state, it gives the same numbers as from the beginning.
 */
export const followAccounts = ({ accounts, statements, ...input }: FollowedInput): ValueHistory => {
  const history = calculateValueHistory({
    ...input,
    // The statements of an account say what it had at the beginning.
    accounts: accounts.map(account => (account.balanceSource === 'ledger' ? account : { ...account, openingBalance: 0 })),
  })
  const addedBefore = new Map(input.state?.stated.map(({ accountId, added }) => [accountId, added]))
  const byAccount = Map.groupBy(statements, ({ accountId }) => accountId)
  const stated = accounts
    .filter(({ balanceSource }) => balanceSource === 'stated')
    .map(({ currency, id }) => ({
      id,
      ...statedHistory({ id, currency, statements: byAccount.get(id) ?? [], added: addedBefore.get(id) }, history, input.rates),
    }))
  const corrected = new Set(stated.map(({ id }) => id))
  const isReplaced = ({ accountId, symbol, toAccountId }: HoldingHistory): boolean =>
    corrected.has(accountId) && symbol === null && toAccountId === null
  return {
    ...history,
    holdings: [...history.holdings.filter(holding => !isReplaced(holding)), ...stated.map(({ holding }) => holding)],
    unconverted: [...history.unconverted, ...stated.flatMap(({ unconverted }) => unconverted)],
    states: history.states.map(state => ({
      ...state,
      stated: stated.flatMap(({ added, id }) => {
        const amount = added[state.day - history.firstDay]!
        return Number.isNaN(amount) ? [] : { accountId: id, added: amount }
      }),
    })),
  }
}
