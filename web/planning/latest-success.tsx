import { Moment, Percent } from '../components/figures.tsx'
import { useApi } from '../shell/api.ts'
import styles from './plans-page.module.css'
import { plans as m } from '#messages/plans'

/** Success and time of the newest run of a plan that has succeeded. */
export const LatestSuccess = ({ hasRun, planId }: { readonly planId: string; readonly hasRun: boolean }) => {
  const { data, error } = useApi(
    'GET /v1/planning/plans/{planId}/runs',
    { params: { planId }, query: { limit: 1, sort: '-createdAt', status: 'succeeded' } },
    { enabled: hasRun },
  )
  const run = data?.items[0]
  if (!hasRun || (data && !run)) return <span className={styles['quiet']}>{m.neverRun}</span>
  if (error) return <span className={styles['quiet']}>{m.notRead}</span>
  if (!run || run.successProbability === null) return <span className={styles['quiet']}>…</span>
  return (
    <span className={styles['run']}>
      <strong>
        <Percent value={run.successProbability} digits={0} />
      </strong>
      <span className={styles['quiet']}>
        <Moment instant={run.createdAt} />
      </span>
    </span>
  )
}
