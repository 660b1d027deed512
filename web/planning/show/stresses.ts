import type { ApiRequest } from '../../../lambdas/api-types.ts'
import type { ReadInput } from './stored-input.ts'
import { stress as m } from '#messages/plan-analyses'

export type Stress = ApiRequest<'POST /v1/planning/plans/{planId}/stress-tests'>['body']['stresses'][number]

export interface PersonOfPlan {
  readonly name: string
  /** Completed years on the as-of date. */
  readonly age: number
}

/** Completed years between two calendar dates. */
export const ageOn = (birthDate: string, date: string): number => {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years
}

export const peopleOf = (inputs: readonly ReadInput[], asOfDate: string): readonly PersonOfPlan[] =>
  inputs.flatMap(({ body }) =>
    body.inputType === 'person' ? [{ name: body.inputName, age: ageOn(body.inputValue.birthDate, asOfDate) }] : [],
  )

const longAge = 100

/** Stresses that need no figures from the person: inflation, a long life, and an early death of each. */
export const readyStresses = (people: readonly PersonOfPlan[]): readonly Stress[] => [
  { kind: 'inflation_shock', name: m.seventies, rate: 0.09, years: 8 },
  { kind: 'inflation_shock', name: m.shortShock, rate: 0.12, years: 3 },
  ...(people.length > 0 && people.every(({ age }) => age < longAge)
    ? [{ kind: 'long_life', name: m.longLife(String(longAge)), age: longAge } as const]
    : []),
  ...people.map(({ age, name }) => {
    const death = Math.max(70, age + 5)
    return { kind: 'early_death', name: m.earlyDeath(name, String(death)), person: name, age: death } as const
  }),
]

/** The asset classes that a plan holds: of its portfolio model and of the accounts with weights of their own. */
export const assetsOf = (inputs: readonly ReadInput[], allocation: Readonly<Record<string, number>> | null): readonly string[] => {
  const ofAccounts = inputs.flatMap(({ body }) =>
    body.inputType === 'account' ? (body.inputValue.allocation ?? []).flatMap(({ weights }) => Object.keys(weights)) : [],
  )
  const ofModel = Object.entries(allocation ?? {}).flatMap(([key, weight]) => (weight > 0 ? [key] : []))
  return [...new Set([...ofModel, ...ofAccounts])].toSorted((a, b) => (a < b ? -1 : 1))
}

/** The series of a dataset that shares most words of its name with an asset class; the first if none does. */
export const likelySeries = (asset: string, series: readonly string[]): string => {
  const words = new Set(asset.split(/[_.]/))
  const shared = (name: string) => name.split(/[_.]/).filter(word => words.has(word)).length
  return series.toSorted((a, b) => shared(b) - shared(a))[0] ?? ''
}
