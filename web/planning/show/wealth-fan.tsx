import { FanChart } from '../../charts/fan-chart.tsx'
import { formatMoney } from '../../components/format.ts'
import { useLook } from '../../shell/preferences.ts'
import { isHouseholdResult, placeOf, type Result } from './results.ts'
import { fan as m } from '#messages/plan-results'

export type MoneyKind = 'real' | 'nominal'

/** The lines of a result that are drawn over the fan of another: its middle, and one future in ten below and above. */
export const linesOf = ({ bands }: Result): readonly (readonly number[])[] =>
  [0.1, 0.5, 0.9].map(percentile => bands.real[placeOf(bands.percentiles, percentile)] ?? [])

/** The wealth of all futures over the years. `against`: what is drawn over them. */
export const WealthFan = ({
  against,
  firstYear,
  kind,
  people,
  result,
  summary,
}: {
  readonly result: Result
  readonly firstYear: number
  readonly kind: MoneyKind
  readonly people?: readonly { readonly name: string; readonly age: number }[]
  readonly against?: { readonly name: string; readonly lines: readonly (readonly number[])[] }
  /** A sentence that says the finding; by default on the last year. */
  readonly summary?: string
}) => {
  const look = useLook()
  const { percentiles } = result.bands
  const bands = result.bands[kind]
  const last = (bands[0]?.length ?? 1) - 1
  const words = (percentile: number) => formatMoney(bands[placeOf(percentiles, percentile)]?.[last] ?? 0, look, { precision: 'short' })
  const sentence = isHouseholdResult(result) ? m.householdSummary : m.summary
  return (
    <FanChart
      title={m.title}
      summary={summary ?? sentence(String(firstYear + last), words(0.1), words(0.5), words(0.9))}
      percentiles={percentiles}
      bands={bands}
      firstYear={firstYear}
      {...(people ? { people } : {})}
      {...(against ? { against } : {})}
    />
  )
}
