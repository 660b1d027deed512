import type { ApiAnswer, ApiItem } from '../../../lambdas/api-types.ts'

type Positions = ApiAnswer<'GET /v1/wealth/positions'>

/** What an account of the household has cost and is worth. */
export type AccountFigures = Positions['accounts'][number]

/** The accounts of the household that a plan can be linked to. */
export type RealAccounts = Pick<Positions, 'date' | 'isCurrent' | 'accounts'>

/** An account of the household, as far as a link needs it. */
export type LinkableAccount = Pick<ApiItem<'GET /v1/wealth/accounts'>, 'id' | 'name' | 'type'>

/** The type of input that an account can be linked to. */
export type LinkedKind = 'account' | 'debt' | 'property'

export const linkedKindOf = ({ type }: Pick<LinkableAccount, 'type'>): LinkedKind => {
  switch (type) {
    case 'credit_card':
    case 'loan':
    case 'mortgage':
      return 'debt'
    case 'property':
    case 'vehicle':
      return 'property'
    default:
      return 'account'
  }
}

/** What a form has while the accounts are not known. */
export const noAccounts: RealAccounts = { date: '', isCurrent: true, accounts: [] }

/**
 * The cost basis of a stated account if the rest of its balance is cash: the person says whether it is. Undefined if something else is missing.
 * Amounts have two decimals, so that cents are exact.
 */
export const basisWithRest = ({ gaps, lotBasis, rest }: AccountFigures): string | undefined => {
  if (rest === null || gaps.some(({ kind }) => kind !== 'rest_of_balance')) return undefined
  const cents = BigInt(lotBasis.replace('.', '')) + BigInt(rest.replace('.', ''))
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
