import { Button } from '../../components/button.tsx'
import { formatNumber } from '../../components/format.ts'
import { EmptyState, Loading, Notice, Page, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { AreaSection } from './area-section.tsx'
import styles from './data-health.module.css'
import type { DataHealth } from './finding.ts'
import { areas, page as m, subjects, titles } from '#messages/data-health'

const Checked = ({ checked }: Pick<DataHealth, 'checked'>) => {
  const look = useLook()
  return (
    <Section title={m.checkedTitle}>
      <dl className={styles['checked']}>
        {checked.map(({ area, checks, subjects: count }) => (
          <div key={area}>
            <dt>{areas[area]}</dt>
            <dd>{m.checked(checks, subjects[area](count, formatNumber(count, look)))}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

const Findings = ({ householdId }: { readonly householdId: string }) => {
  const look = useLook()
  const { data: me } = useApi('GET /v1/identity/me')
  // Read again each time: a finding can have been fixed on another page.
  const { data, error, isFetching, refetch } = useApi('GET /v1/wealth/data-health', { query: { householdId } }, { staleTime: 0 })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const { checked, counts, items, leftOut } = data
  const number = (count: number) => formatNumber(count, look)
  return (
    <>
      {items.length === 0 ? (
        <EmptyState title={m.empty}>{m.emptyLead}</EmptyState>
      ) : (
        <Notice kind={counts.problem > 0 ? 'bad' : counts.warning > 0 ? 'warn' : 'info'}>
          {m.counts(number(counts.problem), number(counts.warning), number(counts.hint))}
        </Notice>
      )}
      {checked.map(({ area }) => {
        const findings = items.filter(item => item.area === area)
        return (
          findings.length > 0 && (
            <AreaSection key={area} area={area} findings={findings} isAdministrator={me?.role === 'admin'} leftOut={leftOut} />
          )
        )
      })}
      <Checked checked={checked} />
      <p className="no-print">
        <Button busy={isFetching} onClick={() => void refetch()}>
          {m.checkAgain}
        </Button>
      </p>
    </>
  )
}

const DataHealthPage = () => (
  <Page title={titles.dataHealth} lead={m.lead}>
    <HouseholdGate>{({ id }) => <Findings key={id} householdId={id} />}</HouseholdGate>
  </Page>
)

export default DataHealthPage
