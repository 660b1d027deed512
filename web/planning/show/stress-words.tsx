import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { formatMoney, formatPercent } from '../../components/format.ts'
import { Notice } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import show from './show.module.css'
import { points } from './success-difference.tsx'
import { stress as m } from '#messages/plan-analyses'

type Stresses = ApiAnswer<'POST /v1/planning/plans/{planId}/stress-tests'>['stresses']

/** The stress that lowers success most; undefined if none does. */
export const hardest = (stresses: Stresses): Stresses[number] | undefined => {
  const least = Math.min(...stresses.map(({ againstPlan }) => againstPlan.success.difference.estimate))
  return least < 0 ? stresses.find(({ againstPlan }) => againstPlan.success.difference.estimate === least) : undefined
}

/** What the stresses do to a plan: the hardest in a sentence, and all of them with their intervals. */
export const StressWords = ({ stresses }: { readonly stresses: Stresses }) => {
  const look = useLook()
  const worst = hardest(stresses)
  return (
    <>
      <p role="status" className={show['sentence']}>
        {worst
          ? m.worst(worst.name, formatPercent(worst.againstPlan.success.first, look), formatPercent(worst.againstPlan.success.second, look))
          : m.harmless}
      </p>
      <Table
        caption={m.title}
        rows={stresses.toSorted((a, b) => a.againstPlan.success.second - b.againstPlan.success.second)}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', header: m.name, cell: ({ name }) => name },
          { key: 'success', header: m.success, align: 'end', cell: ({ againstPlan }) => formatPercent(againstPlan.success.second, look) },
          {
            key: 'change',
            header: m.change,
            align: 'end',
            cell: ({ againstPlan }) => `${points(againstPlan.success.difference.estimate, look)} pp`,
          },
          {
            key: 'interval',
            header: m.interval,
            align: 'end',
            wide: true,
            cell: ({ againstPlan: { success } }) => `${points(success.difference.lower, look)} – ${points(success.difference.upper, look)}`,
          },
          {
            key: 'middle',
            header: m.middle,
            align: 'end',
            wide: true,
            cell: ({ againstPlan }) =>
              formatMoney(againstPlan.endingWealthReal.medianDifference.estimate, look, { precision: 'short', signed: true }),
          },
        ]}
      />
      {stresses.flatMap(({ name, warnings }) =>
        warnings.map(warning => (
          <Notice key={`${name} ${warning}`} kind="warn">
            {name}: {warning}
          </Notice>
        )),
      )}
    </>
  )
}
