import { useState } from 'react'
import { Choice } from '../../components/choice.tsx'
import { formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import { type HouseholdYear, type Result } from './results.ts'
import type { MoneyKind } from './wealth-fan.tsx'
import { columnsOfAll, columnsOfOne } from './year-rows.ts'
import { YearTable } from './year-table.tsx'
import { years as m } from '#messages/plan-results'

/** The ages of the people alive, by year. */
export const agesOf = (years: readonly HouseholdYear[]): readonly string[] =>
  years.map(({ people }) => people.map(({ age, key }) => `${key} ${age}`).join(', '))

/** The table by year: percentiles of all futures, or the flows of the middle one. */
export const Years = ({
  firstYear,
  kind,
  middle,
  result,
}: {
  readonly result: Result
  readonly firstYear: number
  readonly kind: MoneyKind
  /** The years of the middle future, of a household. */
  readonly middle: readonly HouseholdYear[] | undefined
}) => {
  const look = useLook()
  const [which, setWhich] = useState<'all' | 'one'>('all')
  return (
    <Section
      title={m.title}
      lead={which === 'all' ? m.leadAll : m.leadOne}
      actions={
        result.samplePaths && (
          <Choice
            label={m.which}
            value={which}
            onChange={setWhich}
            options={[
              ['all', m.all],
              ['one', m.one],
            ]}
          />
        )
      }
    >
      {which === 'all' ? (
        <YearTable
          title={m.all}
          firstYear={firstYear}
          columns={columnsOfAll(result, kind, percentile => formatPercent(percentile, look, 0))}
        />
      ) : (
        <YearTable title={m.one} firstYear={firstYear} columns={columnsOfOne([...(middle ?? [])], kind)} ages={agesOf(middle ?? [])} />
      )}
    </Section>
  )
}
