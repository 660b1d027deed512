import type { ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'

export type StoredInput = ApiItem<'GET /v1/planning/plans/{planId}/inputs'>
export type InputBody = ApiRequest<'PUT /v1/planning/plans/{planId}/inputs/{inputId}'>['body']

/** An input of a plan. Its value has the fields of its type. */
export interface ReadInput {
  readonly id: string
  readonly body: InputBody
}

/** The inputs that the server can read. It says of each whether its value has the fields of its type. */
export const readInputs = (inputs: readonly StoredInput[]): readonly ReadInput[] =>
  inputs
    .filter(({ isValid }) => isValid)
    .map(({ confidenceScore, dataSource, id, inputName, inputType, inputValue }) => ({
      id,
      body: { inputType, inputName, inputValue, dataSource, confidenceScore } as InputBody,
    }))

const portfolioTypes: ReadonlySet<string> = new Set(['person', 'account', 'contribution', 'withdrawal'])

/** Whether a plan is simulated as a household. Without one, there are no taxes, benefits and questions to the plan. */
export const isHouseholdPlan = (inputs: readonly Pick<StoredInput, 'inputType'>[]): boolean =>
  inputs.some(({ inputType }) => !portfolioTypes.has(inputType))

/** Decimal text times a whole percentage, exactly; rounded half up to the digits of the text, at least cents. */
export const scaleMoney = (text: string, percent: number): string => {
  const [whole = '0', fraction = ''] = text.split('.')
  const digits = Math.max(2, fraction.length)
  const scaled = BigInt(whole + fraction.padEnd(digits, '0')) * BigInt(percent)
  const rounded = ((scaled + 50n) / 100n).toString().padStart(digits + 1, '0')
  return `${rounded.slice(0, -digits)}.${rounded.slice(-digits)}`
}

/** The exact sum of decimal texts of at most two decimals. */
export const sumMoney = (texts: readonly string[]): string => {
  const cents = texts.reduce((sum, text) => {
    const [whole = '0', fraction = ''] = text.split('.')
    return sum + BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'))
  }, 0n)
  const digits = cents.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
