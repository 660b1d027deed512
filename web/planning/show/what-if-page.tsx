import { useState } from 'react'
import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { EmptyState, Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { PlanPage, type ShownPlan } from '../plan-header.tsx'
import { leversOf, type Moved } from './levers.ts'
import { LeverList } from './lever-list.tsx'
import { readInputs } from './stored-input.ts'
import { StoreButtons } from './store-buttons.tsx'
import { WhatIfResult } from './what-if-result.tsx'
import styles from './what-if.module.css'
import { whatIf as m } from '#messages/plan-analyses'

const WhatIf = ({ canEdit, plan }: ShownPlan) => {
  const [moved, setMoved] = useState<Moved>({})
  // The version of the plan that the person saw when the first slider moved.
  const [since, setSince] = useState(plan.version)
  const onMove = (next: Moved) => {
    if (Object.keys(moved).length === 0) setSince(plan.version)
    setMoved(next)
  }
  const inputs = useApi('GET /v1/planning/plans/{planId}/inputs', { params: { planId: plan.id }, query: { limit: 200 } })
  const models = useApi('GET /v1/planning/portfolio-models', { query: { cmaId: plan.cmaId, limit: 100, sort: 'riskLevel' } })
  const error = inputs.error ?? models.error
  if (error) return <Failure error={error} retry={() => Promise.all([inputs.refetch(), models.refetch()])} />
  if (!inputs.data || !models.data) return <Loading />
  if (inputs.data.items.length === 0)
    return (
      <EmptyState title={m.noInputs} action={<ButtonLink href={`/plans/${plan.id}/edit`}>{m.edit}</ButtonLink>}>
        {m.noInputsLead}
      </EmptyState>
    )
  const read = readInputs(inputs.data.items)
  const choices = { inputs: read, models: models.data.items }
  const levers = leversOf(plan, read, models.data.items)
  const shared = { ...choices, plan, levers, moved }
  return (
    <>
      <p className={styles['lead']}>{m.lead}</p>
      <div className={styles['columns']}>
        <section className={styles['levers']} aria-labelledby="levers">
          <h2 id="levers">{m.levers}</h2>
          <LeverList {...choices} levers={levers} moved={moved} onMove={onMove} />
          <StoreButtons {...shared} canEdit={canEdit} since={since} onSeen={setSince} onMove={onMove} />
        </section>
        <WhatIfResult {...shared} />
      </div>
    </>
  )
}

/** Sliders that show what a change would do, without storing it. */
const WhatIfPage = () => {
  const { planId = '' } = useParams()
  return (
    <PlanPage key={planId} planId={planId} tab="whatIf">
      {shown => <WhatIf {...shown} />}
    </PlanPage>
  )
}

export default WhatIfPage
