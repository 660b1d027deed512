import { BarChart } from '../../charts/bar-chart.tsx'
import { formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import { fewSince, type Flow, type Flows, largestOf, shownOf, sourcesOf, totalOf, unpaidOf, usesOf, wholeLife } from './flows.ts'
import type { Result } from './results.ts'
import { flows as m } from '#messages/plan-results'

interface Shown {
  readonly result: Result
  readonly firstYear: number
  /** The ages of the people, by year. */
  readonly notes: readonly string[]
}

/** Flows on each other by year, with the largest of them in words. */
const FlowChart = <Key extends string>({
  beside,
  flows,
  firstYear,
  notes,
  result,
  summary,
  title,
  words,
}: Shown & {
  readonly title: string
  readonly flows: readonly Flow<Key>[]
  /** On top of the flows, and not one of them. */
  readonly beside?: readonly Flow<Key>[]
  readonly words: Readonly<Record<Key, string>>
  readonly summary: (total: string, parts: string) => string
}) => {
  const look = useLook()
  const money = (value: number) => formatMoney(value, look, { precision: 'short' })
  const all = [...flows, ...(beside ?? [])]
  const largest = largestOf(flows, result, 3).map(({ key, share }) => m.part(words[key], formatPercent(share, look, 0)))
  return (
    <BarChart
      title={title}
      summary={summary(money(wholeLife(totalOf(flows), result)), new Intl.ListFormat(look.locale).format(largest))}
      stepName={m.year}
      steps={totalOf(flows).map((_, year) => firstYear + year)}
      notes={notes}
      series={shownOf(all).map(flow => ({ name: words[flow.key], values: flow.values, colour: all.indexOf(flow) + 1 }))}
      words={(value, look) => formatMoney(value, look, { precision: 'short' })}
    />
  )
}

/** Where the money of each year comes from and where it goes, on average over all futures. */
export const MoneyFlows = ({ flows, ...shown }: Shown & { readonly flows: Flows }) => {
  const look = useLook()
  const { firstYear, result } = shown
  const lacking = unpaidOf(flows)
  const unpaid = wholeLife(lacking, result)
  const few = fewSince(result)
  return (
    <Section title={m.title} lead={m.lead}>
      <FlowChart {...shown} title={m.sourcesTitle} flows={sourcesOf(flows)} words={m.sources} summary={m.sourcesSummary} />
      <FlowChart
        {...shown}
        title={m.usesTitle}
        flows={usesOf(flows)}
        beside={[{ key: 'unpaid', values: lacking }]}
        words={m.uses}
        summary={m.usesSummary}
      />
      <p>{unpaid < 1 ? m.allPaid : m.unpaid(formatMoney(unpaid, look))}</p>
      {few !== undefined && (
        <p>{m.few(String(firstYear + few), formatNumber(result.surviving?.[few] ?? 0, look), formatNumber(result.paths, look))}</p>
      )}
    </Section>
  )
}
