import type { ApiItem } from '../../../lambdas/api-types.ts'
import { formatPercent } from '../../components/format.ts'
import { parseNumber, parsePercent } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { likelySeries, type PersonOfPlan, type Stress } from './stresses.ts'
import { stress as m } from '#messages/plan-analyses'
import { form as words } from '#messages/shell'

export type Dataset = ApiItem<'GET /v1/market/return-datasets'>
/** The fields of the form; the series of an asset class is `series:<asset>`. */
export type OwnFields = Readonly<Record<string, string | boolean>>

export const initialOwn = (people: readonly PersonOfPlan[]): OwnFields => ({
  kind: 'none',
  rate: '6',
  years: '10',
  person: people[0]?.name ?? '',
  age: '90',
  fromYear: '1966',
  datasetId: '',
})

const text = (values: OwnFields, name: string): string => String(values[name] ?? '')

/** Fields of each kind that hold a number. */
const figures: Readonly<Record<string, readonly string[]>> = {
  inflation_shock: ['years'],
  early_death: ['age'],
  long_life: ['age'],
  sequence: ['fromYear', 'years'],
}

/** What the browser can know of the own stress: which figures are missing. */
export const checkOwn = (values: OwnFields, locale: string): Readonly<Record<string, string>> => {
  const kind = text(values, 'kind')
  const missing = (figures[kind] ?? []).filter(name => parseNumber(text(values, name), locale) === undefined)
  const isNoRate = kind === 'inflation_shock' && parsePercent(text(values, 'rate'), locale) === undefined
  return { ...Object.fromEntries(missing.map(name => [name, words.notNumber])), ...(isNoRate ? { rate: words.notPercent } : {}) }
}

/** The dataset that is chosen: the first unless the person chose another. */
export const chosenDataset = (values: OwnFields, datasets: readonly Dataset[]): Dataset | undefined =>
  datasets.find(({ id }) => id === values['datasetId']) ?? datasets[0]

/** The series of a dataset that stands for an asset class. */
export const chosenSeries = (values: OwnFields, asset: string, dataset: Dataset): string => {
  const given = values[`series:${asset}`]
  return typeof given === 'string' && given !== '' ? given : likelySeries(asset, dataset.series)
}

/** The own stress as a request; undefined if the person wants none. */
export const ownStress = (
  values: OwnFields,
  { assets, datasets, look }: { readonly assets: readonly string[]; readonly datasets: readonly Dataset[]; readonly look: Look },
): Stress | undefined => {
  const number = (name: string) => Number(parseNumber(text(values, name), look.locale))
  const [age, years] = [number('age'), number('years')]
  switch (values['kind']) {
    case 'inflation_shock': {
      const rate = parsePercent(text(values, 'rate'), look.locale) ?? '0'
      return {
        kind: 'inflation_shock',
        name: m.ownNames.inflation_shock(formatPercent(rate, look), String(years)),
        rate: Number(rate),
        years,
      }
    }
    case 'early_death': {
      const person = text(values, 'person')
      return { kind: 'early_death', name: m.ownNames.early_death(person, String(age)), person, age }
    }
    case 'long_life':
      return { kind: 'long_life', name: m.ownNames.long_life(String(age)), age }
    case 'sequence': {
      const dataset = chosenDataset(values, datasets)
      const fromYear = number('fromYear')
      if (!dataset) return undefined
      return {
        kind: 'sequence',
        name: m.ownNames.sequence(String(fromYear), String(years)),
        datasetId: dataset.id,
        fromYear,
        years,
        series: Object.fromEntries(assets.map(asset => [asset, chosenSeries(values, asset, dataset)])),
      }
    }
    default:
      return undefined
  }
}

/** The field of an error of the server: the own stress is the only one with figures of the person. */
export const fieldOfOwn = (path: string): string => {
  const name = path.replace(/^body\.(stresses\.\d+\.)?/, '')
  return name.startsWith('series.') ? name.replace('series.', 'series:') : name
}
