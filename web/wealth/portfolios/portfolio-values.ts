import { parsePercent } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { partName } from './class-names.ts'
import type { Portfolio } from './portfolio-data.ts'
import { percentText, rowsFault, rowsText, weightsOf } from './weights.ts'
import { portfolioForm as m, weights } from '#messages/portfolios'
import { form as words } from '#messages/shell'

/**
 * `accounts`: the ids of the accounts, one a line. The weights of classes and of securities are apart, so that a change of the kind of the
 * target loses nothing.
 */
export type PortfolioValues = Readonly<
  Record<
    | 'name'
    | 'description'
    | 'currency'
    | 'accounts'
    | 'targetKind'
    | 'classes'
    | 'securities'
    | 'model'
    | 'absoluteBand'
    | 'relativeBand'
    | 'benchmark',
    string
  >
> & { readonly isDefault: boolean }

type Kind = Portfolio['targetKind']
type Settings = Pick<
  Portfolio,
  | 'name'
  | 'description'
  | 'currency'
  | 'accountIds'
  | 'targetKind'
  | 'targetAllocation'
  | 'portfolioModelId'
  | 'rebalancing'
  | 'benchmarkId'
  | 'isDefault'
>

export const accountIdsOf = (accounts: string): string[] => (accounts === '' ? [] : accounts.split('\n'))

/** The settings of a new portfolio: the rule of five percentage points or a quarter, and no target. */
export const newSettings = (currency: string): Settings => ({
  name: '',
  description: null,
  currency,
  accountIds: [],
  targetKind: 'none',
  targetAllocation: [],
  portfolioModelId: null,
  rebalancing: { absoluteBand: '0.05', relativeBand: '0.25' },
  benchmarkId: null,
  isDefault: false,
})

export const valuesOf = (settings: Settings, look: Look): PortfolioValues => ({
  name: settings.name,
  description: settings.description ?? '',
  currency: settings.currency,
  accounts: settings.accountIds.join('\n'),
  targetKind: settings.targetKind,
  classes: rowsText(settings.targetKind === 'asset_class' ? settings.targetAllocation : [], look),
  securities: rowsText(settings.targetKind === 'instrument' ? settings.targetAllocation : [], look),
  model: settings.portfolioModelId ?? '',
  absoluteBand: percentText(settings.rebalancing.absoluteBand, look),
  relativeBand: percentText(settings.rebalancing.relativeBand, look),
  benchmark: settings.benchmarkId ?? '',
  isDefault: settings.isDefault,
})

/** The field with the weights of a kind of target, if it has any. */
const weightField = (kind: string): 'classes' | 'securities' | undefined =>
  kind === 'asset_class' ? 'classes' : kind === 'instrument' ? 'securities' : undefined

const bandFault = (text: string, look: Look): string | undefined => {
  const fraction = parsePercent(text, look.locale)
  return fraction === undefined || Number(fraction) < 0 || Number(fraction) > 1 ? m.notBand : undefined
}

/** What the browser can know to be wrong, by field. */
export const checkPortfolio = (values: PortfolioValues, look: Look): Readonly<Record<string, string | undefined>> => {
  const field = weightField(values.targetKind)
  const nameOf = (key: string) => partName(key, field === 'securities')
  const fault = (text: string) => rowsFault(text, look, nameOf) ?? (weightsOf(text, look).length === 0 ? weights.noKey : undefined)
  return {
    name: values.name.trim() === '' ? words.required : undefined,
    accounts: values.accounts === '' ? m.accountMissing : undefined,
    ...(field ? { [field]: fault(values[field]) } : {}),
    model: values.targetKind === 'model' && values.model === '' ? m.modelMissing : undefined,
    absoluteBand: bandFault(values.absoluteBand, look),
    relativeBand: bandFault(values.relativeBand, look),
  }
}

/** The settings that a request stores. The mark of the default portfolio is not one of them. */
export const bodyOf = (values: PortfolioValues, look: Look) => {
  const field = weightField(values.targetKind)
  const fraction = (text: string) => parsePercent(text, look.locale) ?? '0'
  return {
    name: values.name.trim(),
    description: values.description.trim() === '' ? null : values.description.trim(),
    currency: values.currency,
    accountIds: accountIdsOf(values.accounts),
    targetKind: values.targetKind as Kind,
    targetAllocation: field ? weightsOf(values[field], look) : [],
    portfolioModelId: values.targetKind === 'model' ? values.model : null,
    rebalancing: { absoluteBand: fraction(values.absoluteBand), relativeBand: fraction(values.relativeBand) },
    benchmarkId: values.benchmark === '' ? null : values.benchmark,
  }
}

const fields: Readonly<Record<string, string>> = { accountIds: 'accounts', portfolioModelId: 'model', benchmarkId: 'benchmark' }

/** The field of an error of the server. Errors of rows are shown under the rows. */
export const fieldOf = (path: string, { targetKind }: PortfolioValues): string => {
  const parts = path.replace(/^body\./, '').split('.')
  const [field = '', part = ''] = parts
  if (field === 'targetAllocation') return weightField(targetKind) ?? 'targetKind'
  return field === 'rebalancing' ? part : (fields[field] ?? field)
}
