import type { ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'
import type { Plan } from '../plan-header.tsx'
import { type InputBody, type ReadInput, scaleMoney, sumMoney } from './stored-input.ts'

export type PortfolioModel = ApiItem<'GET /v1/planning/portfolio-models'>
export type Changes = Pick<ApiRequest<'POST /v1/planning/plans/{planId}/previews'>['body'], 'terms'> & {
  readonly replace: readonly { readonly inputId: string; readonly input: InputBody }[]
}

export type LeverKind = 'retirementAge' | 'claimingAge' | 'spending' | 'saving' | 'horizon' | 'allocation'

/** A figure of the plan that a slider moves. */
export interface Lever {
  /** Unique in the plan: the kind, and the name of the input where there are several. A stored change keeps it. */
  readonly key: string
  readonly kind: LeverKind
  /** The person, where the lever is about one. */
  readonly person?: string
  readonly minimum: number
  readonly maximum: number
  readonly step: number
  /** The stored value: years, months, percent of the stored amounts, or the place of the portfolio model. */
  readonly stored: number
}

/** The values that differ from the stored ones, by the key of the lever. */
export type Moved = Readonly<Record<string, number>>

type BodyOf<Type extends InputBody['inputType']> = Extract<InputBody, { inputType: Type }>
const isOf =
  <Type extends InputBody['inputType']>(...types: readonly Type[]) =>
  (input: ReadInput): input is ReadInput & { readonly body: BodyOf<Type> } =>
    types.some(type => type === input.body.inputType)

const percent = { minimum: 50, maximum: 150, step: 1, stored: 100 }

const personLevers = ({ body: { inputName, inputValue } }: ReadInput & { readonly body: BodyOf<'person'> }): readonly Lever[] => {
  const person = inputName
  const { retirementAge, socialSecurity } = inputValue
  const retirement: Lever = {
    key: `retirementAge:${inputName}`,
    kind: 'retirementAge',
    person,
    minimum: Math.min(45, retirementAge),
    maximum: Math.max(80, retirementAge),
    step: 1,
    stored: retirementAge,
  }
  if (!socialSecurity) return [retirement]
  return [
    retirement,
    {
      key: `claimingAge:${inputName}`,
      kind: 'claimingAge',
      person,
      minimum: 744,
      maximum: 840,
      step: 1,
      stored: socialSecurity.claimingAgeMonths,
    },
  ]
}

/** The sliders of a plan: only those that change something in it. `models` are the portfolio models of its assumption set by risk. */
export const leversOf = (plan: Plan, inputs: readonly ReadInput[], models: readonly PortfolioModel[]): readonly Lever[] => {
  const place = models.findIndex(({ id }) => id === plan.portfolioModelId)
  return [
    ...inputs.filter(isOf('person')).flatMap(personLevers),
    ...(inputs.some(isOf('expense', 'withdrawal')) ? [{ key: 'spending', kind: 'spending', ...percent } as const] : []),
    ...(inputs.some(isOf('contribution'))
      ? [{ key: 'saving', kind: 'saving', ...percent, minimum: 0, maximum: 300, step: 5 } as const]
      : []),
    ...(place >= 0 && models.length > 1
      ? [{ key: 'allocation', kind: 'allocation', minimum: 0, maximum: models.length - 1, step: 1, stored: place } as const]
      : []),
    {
      key: 'horizon',
      kind: 'horizon',
      minimum: Math.min(5, plan.planningHorizonYears),
      maximum: Math.max(70, plan.planningHorizonYears),
      step: 1,
      stored: plan.planningHorizonYears,
    },
  ]
}

/** What is spent, or paid in, per year by the amounts of the plan, exactly. Shares of an income are not in it. */
export const yearlyAmount = (inputs: readonly ReadInput[], kind: 'spending' | 'saving', scale = 100): string =>
  sumMoney(
    inputs.flatMap(input => {
      if (kind === 'spending' && isOf('expense', 'withdrawal')(input)) return [scaleMoney(input.body.inputValue.annualAmount, scale)]
      if (kind === 'saving' && isOf('contribution')(input) && input.body.inputValue.annualAmount !== undefined)
        return [scaleMoney(input.body.inputValue.annualAmount, scale)]
      return []
    }),
  )

/** The input with the moved values; the same object where nothing of it moves. */
const movedInput = (input: ReadInput, moved: Moved): InputBody => {
  const { body } = input
  if (isOf('person')(input)) {
    const { inputValue } = input.body
    const retirementAge = moved[`retirementAge:${body.inputName}`]
    const claimingAgeMonths = moved[`claimingAge:${body.inputName}`]
    if (retirementAge === undefined && claimingAgeMonths === undefined) return body
    return {
      ...input.body,
      inputValue: {
        ...inputValue,
        retirementAge: retirementAge ?? inputValue.retirementAge,
        ...(inputValue.socialSecurity && claimingAgeMonths !== undefined
          ? { socialSecurity: { ...inputValue.socialSecurity, claimingAgeMonths } }
          : {}),
      },
    }
  }
  const { saving, spending } = moved
  if (isOf('expense')(input) && spending !== undefined)
    return {
      ...input.body,
      inputValue: { ...input.body.inputValue, annualAmount: scaleMoney(input.body.inputValue.annualAmount, spending) },
    }
  if (isOf('withdrawal')(input) && spending !== undefined)
    return {
      ...input.body,
      inputValue: { ...input.body.inputValue, annualAmount: scaleMoney(input.body.inputValue.annualAmount, spending) },
    }
  if (isOf('contribution')(input) && saving !== undefined) {
    const { annualAmount, shareOfIncome } = input.body.inputValue
    if (annualAmount !== undefined)
      return { ...input.body, inputValue: { ...input.body.inputValue, annualAmount: scaleMoney(annualAmount, saving) } }
    if (shareOfIncome) {
      const share = Math.min(1, Math.round(shareOfIncome.share * saving * 100) / 10_000)
      return { ...input.body, inputValue: { ...input.body.inputValue, shareOfIncome: { ...shareOfIncome, share } } }
    }
  }
  return body
}

/** The changes of a plan that the moved sliders mean, as a preview takes them. */
export const changesOf = (inputs: readonly ReadInput[], models: readonly PortfolioModel[], moved: Moved): Changes => {
  const model = moved['allocation'] === undefined ? undefined : models[moved['allocation']]
  return {
    terms: {
      ...(moved['horizon'] === undefined ? {} : { planningHorizonYears: moved['horizon'] }),
      ...(model ? { portfolioModelId: model.id } : {}),
    },
    replace: inputs.flatMap(input => {
      const next = movedInput(input, moved)
      return next === input.body ? [] : [{ inputId: input.id, input: next }]
    }),
  }
}

/** The moved values after a slider: a value that is stored is not moved. */
export const move = (moved: Moved, { key, stored }: Lever, value: number): Moved => {
  const { [key]: _before, ...others } = moved
  return value === stored ? others : { ...others, [key]: value }
}
