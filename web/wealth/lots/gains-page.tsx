import { ButtonLink } from '../../components/button.tsx'
import { Loading, Notice, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { GainSums, TurningLots } from './gain-sums.tsx'
import { HarvestSection } from './harvest.tsx'
import { useAccountNames, usePositions } from './lot-data.ts'
import { gains as m, titles } from '#messages/unrealised'
import { position, shared } from '#messages/lots'

const Shown = ({ householdId }: { readonly householdId: string }) => {
  const { error, nameOf, retry } = useAccountNames(householdId)
  const positions = usePositions(householdId)
  const report = useApi('GET /v1/wealth/unrealised-gains', { query: { householdId } })
  const failed = error ?? positions.error ?? report.error
  if (failed) return <Failure error={failed} retry={() => Promise.all([retry(), positions.refetch(), report.refetch()])} />
  if (!nameOf || !positions.data || !report.data) return <Loading />
  return (
    <>
      {!positions.data.isCurrent && <Notice>{shared.calculating}</Notice>}
      <GainSums householdId={householdId} report={report.data} />
      {report.data.lots.length > 0 && (
        <>
          <TurningLots lots={report.data.lots} nameOf={nameOf} />
          <HarvestSection householdId={householdId} nameOf={nameOf} />
        </>
      )}
    </>
  )
}

/** Gains and losses that are not realised: by term, those that turn long-term next, and losses to realise. */
const GainsPage = () => {
  const { household } = useHouseholds()
  return (
    <Page title={titles.gains} lead={household && m.lead} actions={<ButtonLink href="/investments">{position.toList}</ButtonLink>}>
      <HouseholdGate>{({ id }) => <Shown key={id} householdId={id} />}</HouseholdGate>
    </Page>
  )
}

export default GainsPage
