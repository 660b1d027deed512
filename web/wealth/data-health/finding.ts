import type { ApiAnswer } from '../../../lambdas/api-types.ts'

export type DataHealth = ApiAnswer<'GET /v1/wealth/data-health'>
export type Finding = DataHealth['items'][number]
export type Check = Finding['check']
export type FindingOf<Name extends Check> = Extract<Finding, { check: Name }>
export type FactsOf<Name extends Check> = FindingOf<Name>['facts']

/** How amounts, days, instants and counts are printed for the person. */
export interface Shown {
  readonly money: (amount: string, currency: string) => string
  readonly date: (date: string) => string
  readonly moment: (instant: string) => string
  readonly number: (figure: string | number) => string
  readonly percent: (fraction: number) => string
}
