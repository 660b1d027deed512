import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { formatDate } from '../../components/format.ts'
import { Loading, Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useLook } from '../../shell/preferences.ts'
import { useAddress } from '../../shell/use-address.ts'
import { ContributionTable } from './contribution-table.tsx'
import { DerivationDialog } from './derivation-dialog.tsx'
import { Periods, Returns, Risk } from './figure-lists.tsx'
import { ReturnChart, ValueChart } from './growth-charts.tsx'
import { type Performance, type PeriodName, usePerformance } from './performance-data.ts'
import { performance as m } from '#messages/performance'

const inception: PeriodName = 'since_inception'
const names = Object.keys(m.periods) as PeriodName[]

/** Holdings with days that no figure contains. */
const gapCount = ({ unconverted, unpriced }: Performance): number =>
  new Set([...unconverted, ...unpriced].map(({ accountId, symbol }) => `${accountId} ${symbol}`)).size

const Figures = ({ accountOf, performance }: { readonly performance: Performance; readonly accountOf: (id: string) => string }) => {
  const gaps = gapCount(performance)
  return (
    <>
      {gaps > 0 && <Notice kind="warn">{m.gaps(gaps)}</Notice>}
      <ReturnChart performance={performance} />
      <Returns performance={performance} />
      <ValueChart performance={performance} />
      <Periods performance={performance} />
      <ContributionTable performance={performance} accountOf={accountOf} />
      <Risk performance={performance} />
    </>
  )
}

/** The performance of a portfolio in a period, which the address keeps. */
export const PerformanceSection = ({
  accountOf,
  householdId,
  portfolioId,
}: {
  readonly householdId: string
  readonly portfolioId: string
  readonly accountOf: (id: string) => string
}) => {
  const look = useLook()
  const { read, write } = useAddress()
  const [isOpen, setOpen] = useState(false)
  const asked = names.find(name => name === read('period')) ?? inception
  const whole = usePerformance({ householdId, portfolioId, period: inception })
  // A period that is longer than the history is not offered.
  const offered = names.filter(
    name => name === inception || whole.data?.periods.some(({ from, period }) => period === name && from !== null),
  )
  const period = offered.includes(asked) ? asked : inception
  const scope = { householdId, portfolioId, period }
  const { data, error, refetch } = usePerformance(scope)
  const lead = data?.from && data.to ? `${m.range(formatDate(data.from, look), formatDate(data.to, look))}. ${m.lead}` : m.lead
  return (
    <Section
      title={m.title}
      lead={lead}
      actions={
        data?.returns && (
          <>
            <Choice
              label={m.period}
              value={period}
              options={offered.map(name => [name, m.shortPeriods[name]] as const)}
              onChange={name => write({ period: name === inception ? '' : name })}
            />
            <Button onClick={() => setOpen(true)}>{m.how}</Button>
          </>
        )
      }
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && !data.returns && <p>{m.none}</p>}
      {data?.returns && <Figures performance={data} accountOf={accountOf} />}
      {isOpen && <DerivationDialog scope={scope} onClose={() => setOpen(false)} />}
    </Section>
  )
}
