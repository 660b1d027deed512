import type { ApiRequest } from '../../lambdas/api-types.ts'
import type { Look } from '../shell/preferences.ts'
import { type Account, type AccountType, hasChoice, hasLimit, isAlwaysStated, isDebt, negated, taxTypesOf } from './account-kinds.ts'
import { amountFault, amountIn, amountText } from './money-text.ts'
import { form as words } from '#messages/shell'

/** The fields of the form of an account. `balance` is written without a minus sign for a debt. */
export type AccountValues = Readonly<
  Record<
    | 'name'
    | 'type'
    | 'source'
    | 'balance'
    | 'institution'
    | 'mask'
    | 'owner'
    | 'currency'
    | 'taxType'
    | 'student'
    | 'openedOn'
    | 'creditLimit'
    | 'notes',
    string
  >
>

type Source = Account['balanceSource']

/** Where the balance of the account comes from: the choice of the person where the type leaves one. */
export const sourceOf = ({ source, type }: Pick<AccountValues, 'source' | 'type'>): Source =>
  isAlwaysStated(type) ? 'stated' : hasChoice(type) ? (source as Source) : 'ledger'

const signed = ({ type }: Pick<AccountValues, 'type'>, amount: string | undefined): string | undefined =>
  amount === undefined ? undefined : isDebt(type) ? negated(amount) : amount

export const valuesOf = (account: Account, look: Look): AccountValues => ({
  name: account.name,
  type: account.type,
  source: account.balanceSource,
  balance: amountText(isDebt(account.type) ? negated(account.openingBalance) : account.openingBalance, look),
  institution: account.institutionName ?? '',
  mask: account.mask ?? '',
  owner: account.ownerId ?? '',
  currency: account.currency,
  taxType: account.taxType ?? '',
  student: account.designatedBeneficiaryId ?? '',
  openedOn: account.openedOn ?? '',
  creditLimit: amountText(account.creditLimit, look),
  notes: account.notes ?? '',
})

export const checkAccount = (values: AccountValues, look: Look) => ({
  name: values.name.trim() === '' ? words.required : undefined,
  balance: amountFault(values.balance, look),
  creditLimit: hasLimit(values.type) ? amountFault(values.creditLimit, look) : undefined,
})

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** Whether the account saves for the education of somebody. */
export const savesForStudent = ({ taxType, type }: Pick<AccountValues, 'taxType' | 'type'>): boolean =>
  taxType === '529' && taxTypesOf(type).includes('529')

const common = (values: AccountValues, look: Look) => ({
  name: values.name.trim(),
  ownerId: orNull(values.owner),
  institutionName: orNull(values.institution),
  mask: orNull(values.mask),
  openedOn: orNull(values.openedOn),
  taxType: taxTypesOf(values.type).find(each => each === values.taxType) ?? null,
  designatedBeneficiaryId: savesForStudent(values) ? orNull(values.student) : null,
  creditLimit: hasLimit(values.type) ? (amountIn(values.creditLimit, look) ?? null) : null,
  notes: orNull(values.notes),
})

export const newAccountOf = (values: AccountValues, householdId: string, look: Look): ApiRequest<'POST /v1/wealth/accounts'>['body'] => {
  const balance = signed(values, amountIn(values.balance, look))
  const balanceSource = sourceOf(values)
  return {
    ...common(values, look),
    householdId,
    type: values.type as AccountType,
    balanceSource,
    currency: values.currency,
    ...(balance === undefined ? {} : { [balanceSource === 'stated' ? 'currentBalance' : 'openingBalance']: balance }),
  }
}

export const accountPatchOf = (values: AccountValues, look: Look): ApiRequest<'PATCH /v1/wealth/accounts/{accountId}'>['body'] => {
  const balance = signed(values, amountIn(values.balance, look))
  return { ...common(values, look), ...(sourceOf(values) === 'ledger' && balance !== undefined ? { openingBalance: balance } : {}) }
}

const names: Readonly<Record<string, string>> = {
  ownerId: 'owner',
  designatedBeneficiaryId: 'student',
  institutionName: 'institution',
  openingBalance: 'balance',
  currentBalance: 'balance',
  balanceSource: 'source',
}

/** The field of an error of the server. */
export const fieldOf = (path: string): string => {
  const field = path.replace(/^body\./, '')
  return names[field] ?? field
}
