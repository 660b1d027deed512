import { Money } from '../../../components/figures.tsx'
import { formatMoney } from '../../../components/format.ts'
import type { Look } from '../../../shell/preferences.ts'
import type { FormStyle } from './gains-data.ts'
import { lines as m } from '#messages/gains'

type Rounding = FormStyle['rounding']

const precisions = { cents: 'exact', dollars: 'whole' } as const

/** An amount of the form in dollars, or that it is not known. */
export const Amount = ({ rounding, value }: { readonly value: string | null; readonly rounding: Rounding }) =>
  value === null ? <>{m.unknown}</> : <Money value={value} currency="USD" precision={precisions[rounding]} />

/** The same as a text. */
export const amountWords = (value: string | null, rounding: Rounding, look: Look): string =>
  value === null ? m.unknown : formatMoney(value, look, { currency: 'USD', precision: precisions[rounding] })
