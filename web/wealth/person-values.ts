import type { ApiItem, ApiRequest } from '../../lambdas/api-types.ts'
import { formatNumber } from '../components/format.ts'
import { parseNumber, parsePercent, percentOf } from '../components/parse-figure.ts'
import type { Look } from '../shell/preferences.ts'
import { form as words } from '#messages/shell'

export type Person = ApiItem<'GET /v1/identity/households/{householdId}/people'>
export type PersonBody = ApiRequest<'POST /v1/identity/households/{householdId}/people'>['body']

/** Parts of the identity check that are a text of their own; empty if they are not given. */
export const kycTexts = [
  'citizenship',
  'taxResidence',
  'documentKind',
  'documentLastFour',
  'documentExpiresOn',
  'employment',
  'employer',
  'sourceOfFunds',
] as const

export type PersonValues = Readonly<
  Record<
    'name' | 'relationship' | 'birthDate' | 'userId' | 'risk' | 'horizon' | 'accredited' | 'kycStatus' | (typeof kycTexts)[number],
    string
  >
> & { readonly politicallyExposed: boolean }

export const emptyPerson: PersonValues = {
  name: '',
  relationship: 'self',
  birthDate: '',
  userId: '',
  risk: '',
  horizon: '',
  accredited: '',
  kycStatus: 'not_started',
  citizenship: '',
  taxResidence: '',
  documentKind: '',
  documentLastFour: '',
  documentExpiresOn: '',
  employment: '',
  employer: '',
  sourceOfFunds: '',
  politicallyExposed: false,
}

export const valuesOf = (person: Person, look: Look): PersonValues => ({
  ...emptyPerson,
  name: person.name,
  relationship: person.relationship,
  birthDate: person.birthDate ?? '',
  userId: person.userId ?? '',
  risk: person.riskTolerance === null ? '' : formatNumber(percentOf(String(person.riskTolerance)), look),
  horizon: person.investmentHorizon === null ? '' : String(person.investmentHorizon),
  accredited: person.accreditedInvestor === null ? '' : String(person.accreditedInvestor),
  kycStatus: person.kycStatus,
  ...Object.fromEntries(kycTexts.map(name => [name, person.kycData[name] ?? ''])),
  politicallyExposed: person.kycData.politicallyExposed === true,
})

export const checkPerson = (values: PersonValues, look: Look) => ({
  name: values.name.trim() === '' ? words.required : undefined,
  risk: values.risk.trim() !== '' && parsePercent(values.risk, look.locale) === undefined ? words.notPercent : undefined,
  horizon: values.horizon.trim() !== '' && parseNumber(values.horizon, look.locale) === undefined ? words.notNumber : undefined,
})

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
const numberOrNull = (text: string | undefined): number | null => (text === undefined ? null : Number(text))

export const bodyOf = (values: PersonValues, look: Look): PersonBody => ({
  name: values.name.trim(),
  relationship: values.relationship as Person['relationship'],
  birthDate: orNull(values.birthDate),
  userId: orNull(values.userId),
  riskTolerance: numberOrNull(values.risk.trim() === '' ? undefined : parsePercent(values.risk, look.locale)),
  investmentHorizon: numberOrNull(values.horizon.trim() === '' ? undefined : parseNumber(values.horizon, look.locale)),
  accreditedInvestor: values.accredited === '' ? null : values.accredited === 'true',
  kycStatus: values.kycStatus as Person['kycStatus'],
  kycData: {
    ...(Object.fromEntries(
      kycTexts.filter(name => values[name].trim() !== '').map(name => [name, values[name].trim()]),
    ) as Person['kycData']),
    ...(values.politicallyExposed ? { politicallyExposed: true } : {}),
  },
})

const names: Readonly<Record<string, string>> = { riskTolerance: 'risk', investmentHorizon: 'horizon', accreditedInvestor: 'accredited' }

/** The field of an error of the server. */
export const fieldOf = (path: string): string => {
  const field = path.replace(/^body\.(kycData\.)?/, '')
  return names[field] ?? field
}
