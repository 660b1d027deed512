import type { ApiItem } from '../../lambdas/api-types.ts'
import { groups } from '#messages/accounts'

export type Account = ApiItem<'GET /v1/wealth/accounts'>
export type AccountType = Account['type']
type TaxType = NonNullable<Account['taxType']>
type Group = keyof typeof groups

export const groupOf: Readonly<Record<AccountType, Group>> = {
  checking: 'cash',
  savings: 'cash',
  credit_card: 'cards',
  investment: 'investments',
  retirement: 'retirement',
  property: 'property',
  vehicle: 'property',
  private_asset: 'property',
  loan: 'loans',
  mortgage: 'loans',
  other: 'other',
}

/** The groups that have accounts, in the order of the page. */
export const inGroups = (accounts: readonly Account[]): readonly (readonly [group: Group, accounts: readonly Account[]])[] =>
  (Object.keys(groups) as Group[])
    .map(group => [group, accounts.filter(({ type }) => groupOf[type] === group)] as const)
    .filter(([, members]) => members.length > 0)

/** Accounts that say what is owed: their fields are written without a minus sign. */
export const isDebt = (type: string): boolean => type === 'credit_card' || type === 'loan' || type === 'mortgage'
/** Types with a balance from transactions or from values, as the person wishes. */
export const hasChoice = (type: string): boolean => ['investment', 'retirement', 'loan', 'mortgage', 'other'].includes(type)
export const isAlwaysStated = (type: string): boolean => ['property', 'vehicle', 'private_asset'].includes(type)
export const hasLimit = (type: string): boolean => type === 'checking' || type === 'credit_card'

const taxes: Partial<Record<AccountType, readonly TaxType[]>> = {
  checking: ['hsa', 'trust', 'custodial'],
  savings: ['hsa', 'trust', 'custodial'],
  investment: ['taxable_brokerage', '529', 'hsa', 'trust', 'custodial'],
  retirement: ['401k', '403b', '457b', 'traditional_ira', 'rollover_ira', 'roth_ira', 'sep_ira', 'simple_ira', 'hsa'],
  other: ['hsa', 'trust', 'custodial'],
  property: ['trust'],
  vehicle: ['trust'],
  private_asset: ['trust', 'custodial'],
}

/** The tax treatments that the server takes for a type. */
export const taxTypesOf = (type: string): readonly TaxType[] => taxes[type as AccountType] ?? []

/** An amount with the other sign, exactly. */
export const negated = (amount: string): string =>
  /^-?0*(\.0*)?$/.test(amount) ? '0' : amount.startsWith('-') ? amount.slice(1) : `-${amount}`

/** The exact sum of amounts with two decimals, as the server writes them. */
export const sumOf = (amounts: readonly string[]): string => {
  const cents = amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n)
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
