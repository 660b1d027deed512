import type { ApiRequest } from '../../../lambdas/api-types.ts'
import { formatDate, formatNumber, formatPercent } from '../../components/format.ts'
import { parseNumber, parsePercent } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import { planTerms as m } from '#messages/plan-edit'
import { planStatus } from '#messages/planning'
import { form } from '#messages/shell'

export type TermsPatch = ApiRequest<'PATCH /v1/planning/plans/{planId}'>['body']

/** The terms of a plan as the texts of its form. */
export interface TermsValues extends Record<string, string> {
  readonly name: string
  readonly description: string
  readonly status: string
  readonly asOfDate: string
  readonly planningHorizonYears: string
  readonly portfolioModelId: string
  readonly cmaId: string
  readonly monteCarloIterations: string
  readonly randomSeed: string
  readonly stepsPerYear: string
  readonly confidenceLevel: string
  readonly tags: string
  readonly category: string
  readonly followsAccounts: string
}

export const termNames = [
  'name',
  'description',
  'status',
  'asOfDate',
  'planningHorizonYears',
  'portfolioModelId',
  'cmaId',
  'monteCarloIterations',
  'randomSeed',
  'stepsPerYear',
  'confidenceLevel',
  'tags',
  'category',
  'followsAccounts',
] as const
export type TermName = (typeof termNames)[number]

export const termsValues = (plan: Pick<Plan, TermName>, look: Look): TermsValues => ({
  name: plan.name,
  description: plan.description ?? '',
  status: plan.status,
  asOfDate: plan.asOfDate,
  planningHorizonYears: String(plan.planningHorizonYears),
  portfolioModelId: plan.portfolioModelId,
  cmaId: plan.cmaId,
  monteCarloIterations: formatNumber(plan.monteCarloIterations, look),
  randomSeed: plan.randomSeed,
  stepsPerYear: String(plan.stepsPerYear),
  confidenceLevel: formatNumber(Number((plan.confidenceLevel * 100).toPrecision(12)), look, 2),
  tags: plan.tags.join(', '),
  category: plan.category ?? '',
  followsAccounts: plan.followsAccounts ? 'yes' : 'no',
})

const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map(tag => tag.trim())
    .filter(tag => tag !== '')

const orNull = (text: string): string | null => (text.trim() === '' ? null : text)

/** What the browser can know to be wrong. */
export const checkTerms = (values: TermsValues, { locale }: Look): Readonly<Record<string, string>> => ({
  ...(values.name.trim() === '' ? { name: form.required } : {}),
  ...(values.asOfDate === '' ? { asOfDate: form.notDate } : {}),
  ...Object.fromEntries(
    (['planningHorizonYears', 'monteCarloIterations'] as const).flatMap(name =>
      parseNumber(values[name], locale) === undefined ? [[name, form.notNumber]] : [],
    ),
  ),
  ...(/^\d+$/.test(values.randomSeed.trim()) ? {} : { randomSeed: form.notNumber }),
  ...(parsePercent(values.confidenceLevel, locale) === undefined ? { confidenceLevel: form.notPercent } : {}),
})

/** The change of a plan from the texts: only the terms with another text than at first. */
export const termsPatch = (values: TermsValues, initial: TermsValues, { locale }: Look): TermsPatch => {
  const whole = (text: string) => Number(parseNumber(text, locale))
  const all: Required<TermsPatch> = {
    name: values.name,
    description: orNull(values.description),
    status: values.status as Plan['status'],
    asOfDate: values.asOfDate,
    planningHorizonYears: whole(values.planningHorizonYears),
    portfolioModelId: values.portfolioModelId,
    cmaId: values.cmaId,
    monteCarloIterations: whole(values.monteCarloIterations),
    randomSeed: values.randomSeed.trim(),
    stepsPerYear: values.stepsPerYear === '12' ? 12 : 1,
    confidenceLevel: Number(parsePercent(values.confidenceLevel, locale)),
    tags: tagsOf(values.tags),
    category: orNull(values.category),
    followsAccounts: values.followsAccounts === 'yes',
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => values[name] !== initial[name]))
}

/** A term in words. Names of models and sets are looked up. */
export const termText = (name: string, value: unknown, look: Look, nameOf: (id: string) => string | undefined): string => {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return m.nothing
  if (Array.isArray(value)) return value.join(', ')
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  switch (name) {
    case 'status':
      return planStatus[value as Plan['status']]
    case 'followsAccounts':
      return value === true ? m.follows.yes : m.follows.no
    case 'asOfDate':
      return formatDate(text, look)
    case 'stepsPerYear':
      return m.steps[value === 12 ? '12' : '1']
    case 'confidenceLevel':
      return formatPercent(Number(value), look, 0)
    case 'monteCarloIterations':
      return formatNumber(Number(value), look)
    case 'cmaId':
    case 'portfolioModelId':
    case 'parentPlanId':
      return nameOf(text) ?? text
    default:
      return text
  }
}
