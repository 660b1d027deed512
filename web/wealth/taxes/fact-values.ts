import type { ApiAnswer, ApiRequest } from '../../../lambdas/api-types.ts'
import type { Look } from '../../shell/preferences.ts'
import { amountFault, amountIn, amountText } from '../money-text.ts'

export type TaxYear = ApiAnswer<'GET /v1/wealth/households/{householdId}/tax-years/{year}'>
export type TaxYearBody = ApiRequest<'PUT /v1/wealth/households/{householdId}/tax-years/{year}'>['body']
type PersonFacts = TaxYear['people'][number]

/** The fields of the form: those of the return, and those of each person with their id in front. */
export type FactValues = Readonly<Record<string, string>>

export const returnAmounts = [
  'modifiedAgi',
  'ordinaryIncome',
  'itemizedDeductions',
  'shortTermLossCarryover',
  'longTermLossCarryover',
] as const
export const personAmounts = ['wages', 'selfEmployment', 'wagesYearBefore', 'modifiedAgi'] as const

export const fieldOfPerson = (personId: string, name: string): string => `${personId} ${name}`

const flagText = (flag: boolean | null): string => (flag === null ? '' : String(flag))
const flagIn = (text: string | undefined): boolean | null => (text === undefined || text === '' ? null : text === 'true')

/** How the coverage of the year is chosen: one kind for all months, or month by month. */
const coverageChoice = (months: PersonFacts['hsaCoverage']): string => {
  if (months === null) return ''
  return months.every(month => month === months[0]) ? months[0]! : 'months'
}

const personValues = (facts: PersonFacts | undefined, personId: string, look: Look): FactValues => ({
  ...Object.fromEntries(personAmounts.map(name => [fieldOfPerson(personId, name), amountText(facts?.[name] ?? null, look)])),
  [fieldOfPerson(personId, 'sepBasis')]: facts?.sepBasis ?? '',
  [fieldOfPerson(personId, 'coveredAtWork')]: flagText(facts?.coveredAtWork ?? null),
  [fieldOfPerson(personId, 'filingStatus')]: facts?.filingStatus ?? '',
  [fieldOfPerson(personId, 'medicareFromMonth')]: String(facts?.medicareFromMonth ?? ''),
  [fieldOfPerson(personId, 'hsa')]: coverageChoice(facts?.hsaCoverage ?? null),
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, month) => [fieldOfPerson(personId, `hsa${month}`), facts?.hsaCoverage?.[month] ?? 'none'] as const),
  ),
})

export const valuesOf = (stored: TaxYear, people: readonly { readonly id: string }[], look: Look): FactValues => ({
  filingStatus: stored.filingStatus ?? '',
  state: stored.state ?? '',
  livedApart: flagText(stored.livedApart),
  ...Object.fromEntries(returnAmounts.map(name => [name, amountText(stored[name], look)])),
  ...Object.assign(
    {},
    ...people.map(({ id }) => ({
      ...personValues(
        stored.people.find(({ personId }) => personId === id),
        id,
        look,
      ),
      ...Object.fromEntries(
        people.map(other => [
          fieldOfPerson(id, `five ${other.id}`),
          String(stored.people.find(({ personId }) => personId === id)?.fiveYearBeneficiaries.includes(other.id) ?? false),
        ]),
      ),
    })),
  ),
})

export const checkFacts = (
  values: FactValues,
  people: readonly { readonly id: string }[],
  look: Look,
): Record<string, string | undefined> =>
  Object.fromEntries(
    [...returnAmounts, ...people.flatMap(({ id }) => personAmounts.map(name => fieldOfPerson(id, name)))].map(name => [
      name,
      amountFault(values[name] ?? '', look),
    ]),
  )

const personBody = (values: FactValues, personId: string, people: readonly { readonly id: string }[], look: Look) => {
  const text = (name: string) => values[fieldOfPerson(personId, name)] ?? ''
  const coverage = text('hsa')
  const months = Array.from({ length: 12 }, (_, month) => (coverage === 'months' ? text(`hsa${month}`) : coverage))
  return {
    personId,
    ...Object.fromEntries(personAmounts.map(name => [name, amountIn(text(name), look) ?? null])),
    sepBasis: text('sepBasis') || null,
    coveredAtWork: flagIn(text('coveredAtWork')),
    filingStatus: text('filingStatus') || null,
    medicareFromMonth: text('medicareFromMonth') === '' ? null : Number(text('medicareFromMonth')),
    hsaCoverage: coverage === '' ? null : months,
    fiveYearBeneficiaries: people.map(({ id }) => id).filter(id => text(`five ${id}`) === 'true'),
  } as NonNullable<TaxYearBody['people']>[number]
}

export const bodyOf = (values: FactValues, people: readonly { readonly id: string }[], look: Look): TaxYearBody =>
  ({
    filingStatus: values['filingStatus'] || null,
    state: values['state']!.trim() === '' ? null : values['state']!.trim().toUpperCase(),
    livedApart: flagIn(values['livedApart']),
    ...Object.fromEntries(returnAmounts.map(name => [name, amountIn(values[name]!, look) ?? null])),
    people: people.map(({ id }) => personBody(values, id, people, look)),
  }) as TaxYearBody

/** What is stored, as a request takes it. */
export const bodyOfStored = (stored: TaxYear): TaxYearBody => {
  const { householdId: _household, updatedAt: _updatedAt, version: _version, year: _year, ...body } = stored
  return body
}

/** The field of an error of the server. */
export const fieldOf = (path: string, people: readonly { readonly id: string }[]): string => {
  const [, index, field] = /^body\.people\.(\d+)\.(\w+)/.exec(path) ?? []
  if (index === undefined) return path.replace(/^body\./, '')
  return fieldOfPerson(people[Number(index)]?.id ?? '', field === 'hsaCoverage' ? 'hsa' : field!)
}
