import type { ApiRequest } from '../../../lambdas/api-types.ts'
import { formatNumber } from '../../components/format.ts'
import { parseNumber, parsePercent } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import type { AssumptionSet } from './stages.ts'
import { setForm as m } from '#messages/plan-assumptions'
import { form as words } from '#messages/shell'

export type SetBody = ApiRequest<'POST /v1/planning/assumption-sets'>['body']

/**
 * The texts of the form of an assumption set. Besides the fixed fields there are four of each asset class, such as `0.mean`, and one for
 * each pair of asset classes, such as `2~0`: see `rowsOf`. `assets` and `correlation` are the places of errors of the whole.
 */
export interface SetValues extends Record<string, string> {
  readonly householdId: string
  readonly version: string
  readonly name: string
  readonly description: string
  readonly effectiveDate: string
  readonly source: string
  readonly methodology: string
  readonly reviewDate: string
  readonly inflationMean: string
  readonly inflationVolatility: string
  /** The number of asset classes. */
  readonly count: string
  readonly assets: string
  readonly correlation: string
}

const assetFields = ['name', 'key', 'mean', 'volatility'] as const
export type AssetField = (typeof assetFields)[number]

interface AssetRow extends Readonly<Record<AssetField, string>> {
  /** Correlations with the asset classes before it. */
  readonly before: readonly string[]
  /** The correlation with inflation. */
  readonly inflation: string
}

export const assetField = (index: number, field: AssetField): string => `${index}.${field}`

/** The field of the correlation of two asset classes, given by their places. The larger place comes first. */
export const pairField = (row: number, column: number): string => `${Math.max(row, column)}~${Math.min(row, column)}`

/** The field of the correlation of an asset class with inflation. */
export const inflationField = (index: number): string => `inflation~${index}`

/** The asset classes of the form, with their correlations. */
export const rowsOf = (values: SetValues): readonly AssetRow[] =>
  Array.from({ length: Number(values.count) }, (_, index) => ({
    name: values[assetField(index, 'name')] ?? '',
    key: values[assetField(index, 'key')] ?? '',
    mean: values[assetField(index, 'mean')] ?? '',
    volatility: values[assetField(index, 'volatility')] ?? '',
    before: Array.from({ length: index }, (__, column) => values[pairField(index, column)] ?? ''),
    inflation: values[inflationField(index)] ?? '',
  }))

/** The fields of asset classes. */
export const fieldsOf = (rows: readonly AssetRow[]): Record<string, string> => ({
  count: String(rows.length),
  ...Object.fromEntries(
    rows.flatMap((row, index) => [
      ...assetFields.map(field => [assetField(index, field), row[field]]),
      ...row.before.map((text, column) => [pairField(index, column), text]),
      [inflationField(index), row.inflation],
    ]),
  ),
})

/** One more asset class, which correlates with no other. */
export const withAsset = (rows: readonly AssetRow[]): readonly AssetRow[] => [
  ...rows,
  { name: '', key: '', mean: '', volatility: '', before: rows.map(() => ''), inflation: '' },
]

/** The same without one asset class and its correlations. */
export const withoutAsset = (rows: readonly AssetRow[], removed: number): readonly AssetRow[] =>
  rows.flatMap((row, index) =>
    index === removed ? [] : [{ ...row, before: index > removed ? row.before.toSpliced(removed, 1) : row.before }],
  )

const percentText = (fraction: number, look: Look): string => formatNumber(Number((fraction * 100).toPrecision(12)), look, 6)

/** A correlation of zero is an empty field: most of a new set’s are. */
const correlationText = (correlation: number, look: Look): string => (correlation === 0 ? '' : formatNumber(correlation, look, 6))

/** The form of a new set, with the figures of another one if it is given. */
export const setValues = (
  basis: AssumptionSet | undefined,
  { householdId, look, today }: { readonly householdId: string; readonly look: Look; readonly today: string },
): SetValues => ({
  householdId,
  version: '',
  name: basis && !basis.published ? basis.name : '',
  description: '',
  effectiveDate: today,
  // A survey is no longer the source once a figure differs from it.
  source: basis?.published === false ? (basis.source ?? '') : '',
  methodology: basis ? ((basis.published ? null : basis.methodology) ?? m.begunWith(basis.name)) : '',
  reviewDate: '',
  inflationMean: basis ? percentText(basis.assumptions.inflation.mean, look) : '',
  inflationVolatility: basis ? percentText(basis.assumptions.inflation.volatility, look) : '',
  assets: '',
  correlation: '',
  count: '0',
  ...fieldsOf(
    basis
      ? basis.assumptions.assets.map(({ key, meanReturn, name, volatility }, index) => ({
          name,
          key,
          mean: percentText(meanReturn, look),
          volatility: percentText(volatility, look),
          before: basis.assumptions.correlation[index]!.slice(0, index).map(each => correlationText(each, look)),
          inflation: correlationText(basis.assumptions.inflation.correlation?.[index] ?? 0, look),
        }))
      : withAsset([]),
  ),
})

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** The key of an asset class: the one that was typed, or one from its name. */
export const assetKeyOf = ({ key, name }: Pick<AssetRow, 'key' | 'name'>): string =>
  key.trim() ||
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 64)

const correlationOf = (text: string, locale: string): string | undefined => (text.trim() === '' ? '0' : parseNumber(text, locale))

export const setBody = (values: SetValues, { locale }: Look): SetBody => {
  const rows = rowsOf(values)
  const percent = (text: string) => Number(parsePercent(text, locale))
  const correlation = (text: string) => Number(correlationOf(text, locale))
  return {
    householdId: values.householdId,
    version: values.version.trim(),
    name: values.name.trim(),
    description: orNull(values.description),
    effectiveDate: values.effectiveDate,
    source: orNull(values.source),
    methodology: orNull(values.methodology),
    reviewDate: orNull(values.reviewDate),
    assumptions: {
      assets: rows.map(row => ({
        key: assetKeyOf(row),
        name: row.name.trim(),
        meanReturn: percent(row.mean),
        volatility: percent(row.volatility),
      })),
      inflation: {
        mean: percent(values.inflationMean),
        volatility: percent(values.inflationVolatility),
        correlation: rows.map(row => correlation(row.inflation)),
      },
      correlation: rows.map((_, row) =>
        rows.map((__, column) => (row === column ? 1 : correlation(rows[Math.max(row, column)]!.before[Math.min(row, column)]!))),
      ),
    },
  }
}

/** What the browser can know to be wrong, by field. */
export const checkSet = (values: SetValues, { locale }: Look): Readonly<Record<string, string>> => {
  const faults: Record<string, string> = {}
  const requireText = (name: string) => {
    if ((values[name] ?? '').trim() === '') faults[name] = words.required
  }
  const requirePercent = (name: string) => {
    if (parsePercent(values[name] ?? '', locale) === undefined) faults[name] = words.notPercent
  }
  const requireNumber = (name: string) => {
    if (correlationOf(values[name] ?? '', locale) === undefined) faults[name] = words.notNumber
  }
  for (const name of ['name', 'version', 'effectiveDate']) requireText(name)
  for (const [index, { before }] of rowsOf(values).entries()) {
    requireText(assetField(index, 'name'))
    requirePercent(assetField(index, 'mean'))
    requirePercent(assetField(index, 'volatility'))
    for (const column of before.keys()) requireNumber(pairField(index, column))
    requireNumber(inflationField(index))
  }
  requirePercent('inflationMean')
  requirePercent('inflationVolatility')
  return faults
}

const namesOfFields: Readonly<Record<string, AssetField>> = { key: 'key', name: 'name', meanReturn: 'mean', volatility: 'volatility' }

/** The field of an error of the server. In its correlation matrix inflation comes after the asset classes. */
export const setFieldOf = (path: string, values: SetValues): string => {
  const [first = '', second, third, fourth] = path.replace(/^body\.(assumptions\.)?/, '').split('.')
  const count = Number(values.count)
  if (first === 'assets') {
    const field = namesOfFields[third ?? '']
    return field && Number(second) < count ? assetField(Number(second), field) : 'assets'
  }
  if (first === 'inflation') {
    if (second === 'correlation') return third === undefined ? 'correlation' : inflationField(Number(third))
    return second === 'mean' ? 'inflationMean' : 'inflationVolatility'
  }
  if (first !== 'correlation') return first
  if (second === undefined || third === undefined || fourth !== undefined || second === third) return 'correlation'
  const [row, column] = [Math.max(Number(second), Number(third)), Math.min(Number(second), Number(third))]
  return row === count ? inflationField(column) : pairField(row, column)
}
