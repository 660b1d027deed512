import { Decimal, type Money } from '../shared/index.ts'
import type { AccountType } from './account-types.ts'
import type { BalanceSource } from './ledger-terms.ts'
import { type LotProblemKind, lotProblems } from './lots/index.ts'

/** An account with its balance today, in its currency; null if it is not known. Of a ledger, the balance is cash. */
export interface BasisAccount {
  readonly id: string
  readonly name: string
  readonly type: AccountType
  readonly currency: string
  readonly balanceSource: BalanceSource
  readonly balance: string | null
}

/** A security in an account, in US dollars. */
export interface BasisPosition {
  readonly accountId: string
  readonly symbol: string
  readonly isShort: boolean
  /** Of shares that were sold short, the proceeds. Null: of a lot it is not known. */
  readonly costBasis: string | null
  readonly marketValue: string | null
  readonly priceDate: string | null
}

const ownGaps = {
  no_lots: 'The account has a stated balance and no shares with tax lots.',
  not_priced: 'A share has no price, so that the stated balance cannot be compared with the shares that have tax lots.',
  rest_of_balance: 'The stated balance is more than the shares with tax lots are worth. The rest is cash, or shares without tax lots.',
  foreign_cash: 'The balance of the account is not in US dollars.',
  no_balance: 'No balance of the account is known.',
} as const

/** Why the cost basis of an account is not known, with the words of each reason. */
export const basisGaps = { ...lotProblems, ...ownGaps } as const
export type BasisGapKind = keyof typeof basisGaps
export const basisGapKinds = Object.keys(basisGaps) as [BasisGapKind, ...BasisGapKind[]]

export interface BasisGap {
  readonly kind: BasisGapKind
  /** Null: it concerns the whole account. */
  readonly symbol: string | null
}

/** What the shares and the cash of an account have cost, and what they are worth, in US dollars. */
export interface AccountBasis {
  readonly accountId: string
  readonly name: string
  readonly type: AccountType
  /** The basis of the open lots that is known; less the proceeds of shares that were sold short. */
  readonly lotBasis: Money
  /** What these shares are worth at the newest prices; null if one has no price. */
  readonly lotValue: Money | null
  /** The day of the oldest of these prices. */
  readonly priceDate: string | null
  /** Cash by the ledger. Below zero if it was borrowed, or if deposits are missing. Null for a stated balance. */
  readonly cash: Money | null
  /** Of a stated balance, what is more than the shares are worth: cash, or shares without lots. Null: not known, or by the ledger. */
  readonly rest: Money | null
  /** Basis of the lots, and the cash at its amount. Cash below zero is not counted. Null if there are gaps. */
  readonly costBasis: Money | null
  /** Worth of the shares with the cash, or the stated balance; null if it is not known. */
  readonly value: Money | null
  readonly gaps: readonly BasisGap[]
}

const DOLLAR = 'USD'
const zero = new Decimal(0)

const sumOf = <Item extends BasisPosition>(items: readonly Item[], of: (item: Item) => string | null): Decimal =>
  items.reduce((sum, item) => sum.plus(new Decimal(of(item) ?? 0).times(item.isShort ? -1 : 1)), zero)

const gapsOfLots = (positions: readonly BasisPosition[], problems: readonly BasisGap[]): BasisGap[] => {
  const explained = new Set(problems.map(({ symbol }) => symbol))
  const unknown = positions.filter(({ costBasis, symbol }) => costBasis === null && !explained.has(symbol))
  const all = [...problems, ...unknown.map(({ symbol }): BasisGap => ({ kind: 'unknown_basis', symbol }))]
  return [...new Map(all.map(gap => [`${gap.symbol} ${gap.kind}`, gap])).values()]
}

/** What is not known of the cash, or what of a stated balance the lots do not explain. */
const gapsOfBalance = ({ balance, balanceSource, currency }: BasisAccount, lots: number, rest: Decimal | null): BasisGapKind[] => {
  if (currency !== DOLLAR) return ['foreign_cash']
  if (balance === null) return ['no_balance']
  if (balanceSource === 'ledger') return []
  if (lots === 0) return ['no_lots']
  if (rest === null) return ['not_priced']
  return rest.greaterThan(0) ? ['rest_of_balance'] : []
}

/**
 * The cost basis of each account: the sum of its open tax lots, and its cash. No basis is invented: where a lot has none, where the ledger lacks shares, or
 * where a stated balance is more than the shares are worth, the basis of the account is null and the gaps say why.
 * @param problems what the lots lack. A lot that was chosen for a sale and not held changes no basis that is left
 */
export const accountBases = (
  accounts: readonly BasisAccount[],
  positions: readonly BasisPosition[],
  problems: readonly { readonly accountId: string; readonly symbol: string; readonly kind: LotProblemKind }[],
): AccountBasis[] =>
  accounts.map(account => {
    const { balance, balanceSource, currency, id, name, type } = account
    const held = positions.filter(({ accountId }) => accountId === id)
    const lacking = problems
      .filter(({ accountId, kind }) => accountId === id && kind !== 'lot_not_held')
      .map(({ kind, symbol }) => ({ kind, symbol }))
    const lotBasis = sumOf(held, ({ costBasis }) => costBasis)
    const lotValue = held.every(({ marketValue }) => marketValue !== null) ? sumOf(held, ({ marketValue }) => marketValue) : null
    const dollars = balance === null || currency !== DOLLAR ? null : new Decimal(balance)
    const isLedger = balanceSource === 'ledger'
    const rest = isLedger || dollars === null || lotValue === null ? null : dollars.minus(lotValue)
    const ofBalance = gapsOfBalance(account, held.length, rest).map((kind): BasisGap => ({ kind, symbol: null }))
    const gaps = [...gapsOfLots(held, lacking), ...ofBalance]
    const cash = isLedger ? dollars : null
    const counted = Decimal.max(zero, cash ?? zero)
    const worth = isLedger ? (cash && lotValue ? lotValue.plus(counted) : null) : dollars
    return {
      accountId: id,
      name,
      type,
      lotBasis: lotBasis.toFixed(2),
      lotValue: lotValue?.toFixed(2) ?? null,
      priceDate: held.flatMap(({ priceDate }) => (priceDate === null ? [] : [priceDate])).toSorted()[0] ?? null,
      cash: cash?.toFixed(2) ?? null,
      rest: rest?.toFixed(2) ?? null,
      costBasis: gaps.length > 0 ? null : lotBasis.plus(counted).toFixed(2),
      value: worth?.toFixed(2) ?? null,
      gaps,
    }
  })
