import type { ApiRequest } from '../../../lambdas/api-types.ts'
import { formatNumber } from '../../components/format.ts'
import { parseNumber, parsePercent } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import type { PortfolioModel } from './stages.ts'
import { form as words } from '#messages/shell'

export type ModelPatch = ApiRequest<'PATCH /v1/planning/portfolio-models/{portfolioModelId}'>['body']

/**
 * The fields of the form of a portfolio model. There is one for the weight of each asset class: see `weightField`. `assetAllocation` is the
 * place of errors of the whole.
 */
export interface ModelValues extends Record<string, string | boolean> {
  readonly name: string
  readonly riskLevel: string
  readonly description: string
  readonly isActive: boolean
  readonly assetAllocation: string
}

export const weightField = (key: string): string => `weight.${key}`

const weightText = (weight: number, look: Look): string =>
  weight === 0 ? '' : formatNumber(Number((weight * 100).toPrecision(12)), look, 6)

/** The form of a model of a set with these asset classes. */
export const modelValues = (model: PortfolioModel | undefined, keys: readonly string[], look: Look): ModelValues => ({
  name: model?.name ?? '',
  riskLevel: String(model?.riskLevel ?? 5),
  description: model?.description ?? '',
  isActive: model?.isActive ?? true,
  assetAllocation: '',
  ...Object.fromEntries(keys.map(key => [weightField(key), weightText(model?.assetAllocation?.[key] ?? 0, look)])),
})

const textOfWeight = (values: ModelValues, key: string): string => String(values[weightField(key)] ?? '').trim()

const weightOf = (values: ModelValues, key: string, { locale }: Look): number | undefined => {
  const text = textOfWeight(values, key)
  if (text === '') return 0
  const fraction = parsePercent(text, locale)
  return fraction === undefined ? undefined : Number(fraction)
}

/** The sum of the weights as a fraction, to show it. */
export const sumOfWeights = (values: ModelValues, keys: readonly string[], look: Look): number =>
  keys.reduce((sum, key) => sum + (weightOf(values, key, look) ?? 0), 0)

/** What the browser can know to be wrong, by field. */
export const checkModel = (values: ModelValues, keys: readonly string[], look: Look): Readonly<Record<string, string>> => ({
  ...(values.name.trim() === '' ? { name: words.required } : {}),
  ...(parseNumber(values.riskLevel, look.locale) === undefined ? { riskLevel: words.notNumber } : {}),
  ...Object.fromEntries(
    keys.flatMap(key => (weightOf(values, key, look) === undefined ? [[weightField(key), words.notPercent] as const] : [])),
  ),
})

/** What a request stores. Asset classes without a weight are left out. */
export const modelBody = (values: ModelValues, keys: readonly string[], look: Look) => ({
  name: values.name.trim(),
  riskLevel: Number(parseNumber(values.riskLevel, look.locale)),
  description: values.description.trim() === '' ? null : values.description.trim(),
  assetAllocation: Object.fromEntries(
    keys.map(key => [key, weightOf(values, key, look) ?? 0] as const).filter(([, weight]) => weight !== 0),
  ),
})

/** The field of an error of the server. */
export const modelFieldOf = (path: string): string => {
  const field = path.replace(/^body\./, '')
  return field.startsWith('assetAllocation.') ? weightField(field.slice('assetAllocation.'.length)) : field
}
