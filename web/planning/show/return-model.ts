import { parseNumber, parsePercent } from '../../components/parse-figure.ts'
import { chosenDataset, type Dataset } from './own-stress.ts'
import type { LargeRunBody } from './use-start-run.ts'
import { returnModel as m } from '#messages/plan-run'
import { form as words } from '#messages/shell'

type ReturnModel = NonNullable<LargeRunBody['returnModel']>
type Kind = ReturnModel['kind']

const figuresOfKind: Readonly<Record<Kind, readonly string[]>> = {
  lognormal: [],
  student_t: ['degrees'],
  regime: ['shift', 'factor', 'becomesTurbulent', 'becomesCalm'],
  bootstrap: [],
  block_bootstrap: ['block'],
  stationary_bootstrap: ['block'],
  historical_replay: [],
}
const percents: ReadonlySet<string> = new Set(['shift', 'becomesTurbulent', 'becomesCalm'])

/** Every return model of the API: first those of the assumption set, then those of past years. */
export const kinds = Object.keys(figuresOfKind) as readonly Kind[]

const historyKinds: ReadonlySet<string> = new Set<Kind>(['bootstrap', 'block_bootstrap', 'stationary_bootstrap', 'historical_replay'])
export const isHistory = (kind: string): boolean => historyKinds.has(kind)

export interface ModelFields extends Readonly<Record<string, string | boolean>> {
  readonly kind: string
  readonly degrees: string
  readonly shift: string
  readonly factor: string
  readonly becomesTurbulent: string
  readonly becomesCalm: string
  readonly datasetId: string
  readonly inflationSeries: string
  readonly block: string
}

export const initialModel: ModelFields = {
  kind: 'lognormal',
  degrees: '5',
  shift: '-12',
  factor: '1.8',
  becomesTurbulent: '15',
  becomesCalm: '40',
  datasetId: '',
  inflationSeries: '',
  block: '5',
}

/** What a plan can draw past years from. */
export interface Past {
  /** The asset classes of the plan. */
  readonly assets: readonly string[]
  /** The share of each asset class in the portfolio model. */
  readonly allocation: Readonly<Record<string, number>>
  /** The datasets with a series for each asset class, and one more for inflation. */
  readonly datasets: readonly Dataset[]
}

export const fitting = (datasets: readonly Dataset[], assets: readonly string[]): readonly Dataset[] =>
  datasets.filter(({ series }) => assets.every(asset => series.includes(asset)) && series.length > assets.length)

export const usualInflation = 'cpi_inflation'

/** The series of a dataset that can be inflation: all that are no asset class of the plan, the usual one first. */
export const inflationChoices = ({ series }: Dataset, assets: readonly string[]): readonly string[] =>
  series.filter(name => !assets.includes(name)).toSorted((a, b) => Number(b === usualInflation) - Number(a === usualInflation))

export const chosenInflation = ({ inflationSeries }: ModelFields, dataset: Dataset, assets: readonly string[]): string => {
  const choices = inflationChoices(dataset, assets)
  return choices.find(name => name === inflationSeries) ?? choices[0] ?? usualInflation
}

/** What the browser can know: the figures that are missing, and whether there are past years to draw from. */
export const checkModel = (
  values: ModelFields,
  past: Past | undefined,
  { locale, stepsPerYear }: { readonly locale: string; readonly stepsPerYear: number },
): Readonly<Record<string, string>> => {
  const { kind } = values
  const missing = (figuresOfKind[kind as Kind] ?? []).flatMap(name => {
    const [parse, message] = percents.has(name) ? ([parsePercent, words.notPercent] as const) : ([parseNumber, words.notNumber] as const)
    return parse(String(values[name]), locale) === undefined ? [[name, message] as const] : []
  })
  const lacking = !isHistory(kind) ? undefined : stepsPerYear !== 1 ? m.monthly : past?.datasets.length ? undefined : m.noDataset
  return { ...Object.fromEntries(missing), ...(lacking === undefined ? {} : { kind: lacking }) }
}

/** The return model that the form asks for, as a part of a request. */
export const requestedModel = (values: ModelFields, past: Past | undefined, locale: string): ReturnModel => {
  const number = (name: keyof ModelFields) => Number(parseNumber(String(values[name]), locale))
  const fraction = (name: keyof ModelFields) => Number(parsePercent(String(values[name]), locale))
  const history = () => {
    const dataset = chosenDataset(values, past!.datasets)!
    return {
      datasetId: dataset.id,
      allocation: past!.allocation,
      inflationSeries: chosenInflation(values, dataset, past!.assets),
    }
  }
  switch (values.kind) {
    case 'student_t':
      return { kind: values.kind, degreesOfFreedom: number('degrees') }
    case 'regime':
      return {
        kind: values.kind,
        turbulent: { meanReturnShift: fraction('shift'), volatilityFactor: number('factor') },
        becomesTurbulent: fraction('becomesTurbulent'),
        becomesCalm: fraction('becomesCalm'),
      }
    case 'bootstrap':
    case 'historical_replay':
      return { kind: values.kind, ...history() }
    case 'block_bootstrap':
      return { kind: values.kind, ...history(), blockLengthPeriods: number('block') }
    case 'stationary_bootstrap':
      return { kind: values.kind, ...history(), meanBlockLengthPeriods: number('block') }
    default:
      return { kind: 'lognormal' }
  }
}

const fields: Readonly<Record<string, string>> = {
  degreesOfFreedom: 'degrees',
  'turbulent.meanReturnShift': 'shift',
  'turbulent.volatilityFactor': 'factor',
  blockLengthPeriods: 'block',
  meanBlockLengthPeriods: 'block',
}

/** The field of an error of the server in `returnModel`. */
export const fieldOfModel = (path: string): string => {
  const name = path.replace(/^returnModel\.?/, '')
  return name === '' ? 'kind' : name.startsWith('allocation') ? 'datasetId' : (fields[name] ?? name)
}
