import type { ApiItem } from '../../lambdas/api-types.ts'
import { Moment, Percent } from '../components/figures.tsx'
import styles from './plans-page.module.css'
import { plans as m } from '#messages/plans'

/** Success and time of the newest run of a plan that has succeeded. */
export const LatestSuccess = ({ plan: { latestRun } }: { readonly plan: Pick<ApiItem<'GET /v1/planning/plans'>, 'latestRun'> }) =>
  latestRun === null ? (
    <span className={styles['quiet']}>{m.neverRun}</span>
  ) : (
    <span className={styles['run']}>
      <strong>
        <Percent value={latestRun.successProbability} digits={0} />
      </strong>
      <span className={styles['quiet']}>
        <Moment instant={latestRun.createdAt} />
      </span>
    </span>
  )
