import { useState } from 'react'
import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Moment } from '../../components/figures.tsx'
import { Badge } from '../../components/page.tsx'
import { useApi } from '../../shell/api.ts'
import { showToast } from '../../shell/toasts.ts'
import { refreshPlan } from '../inputs/requests.ts'
import type { Plan } from '../plan-header.tsx'
import styles from './history.module.css'
import { restoreShown } from './restore.ts'
import { planHistory as m } from '#messages/plan-history'
import { problem } from '#messages/shell'

export type Version = ApiItem<'GET /v1/planning/plans/{planId}/versions'>

/** The names of the members of a household by their id. */
const useNames = (householdId: string) => {
  const { data: me } = useApi('GET /v1/identity/me')
  const { data } = useApi('GET /v1/identity/households/{householdId}/members', { params: { householdId }, query: { limit: 200 } })
  return (userId: string | null): string => {
    if (userId !== null && userId === me?.id) return m.you
    const member = data?.items.find(each => each.userId === userId)
    const name = [member?.firstName, member?.lastName].filter(part => typeof part === 'string' && part !== '').join(' ')
    return name === '' ? (member?.email ?? m.somebody) : name
  }
}

/** What was done, in words. */
export const changeWords = ({ change, fromVersion }: Pick<Version, 'change' | 'fromVersion'>): string =>
  fromVersion === null ? m.changes[change] : m.fromVersion(m.changes[change], fromVersion)

/** The versions of a plan. */
export const Versions = ({
  canEdit,
  plan,
  versions,
}: {
  readonly plan: Plan
  readonly canEdit: boolean
  readonly versions: readonly Version[]
}) => {
  const nameOf = useNames(plan.householdId)
  const [busy, setBusy] = useState(false)
  const restore = async (version: number) => {
    setBusy(true)
    try {
      await restoreShown(plan, version)
    } catch (error) {
      await refreshPlan()
      showToast({ kind: 'bad', text: problem.title, error })
    } finally {
      setBusy(false)
    }
  }
  return (
    <ol className={styles['versions']} aria-label={m.caption}>
      {versions.map(version => (
        <li key={version.version} className={styles['version']}>
          <div>
            <strong>{changeWords(version)}</strong> {version.version === plan.version && <Badge kind="good">{m.current}</Badge>}
            <p className={styles['quiet']}>
              {m.numbered(version.version)} · <Moment instant={version.createdAt} /> · <bdi>{nameOf(version.createdBy)}</bdi>
            </p>
          </div>
          {canEdit && version.version !== plan.version && (
            <Button kind="quiet" busy={busy} aria-label={m.restoreOf(version.version)} onClick={() => void restore(version.version)}>
              {m.restore}
            </Button>
          )}
        </li>
      ))}
    </ol>
  )
}
