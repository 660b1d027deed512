import { useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { formatNumber } from '../../components/format.ts'
import { api, refreshQueries } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { changed } from '../../shell/undo.ts'
import { attempt } from '../attempt.ts'
import { undoRuns } from './rule-log.tsx'
import styles from './rules.module.css'
import { list as m } from '#messages/rules'

interface Progress {
  /** How many labels were set. */
  readonly labels: number
  /** How many transactions are left. */
  readonly left: number
  /** How many there were before the first run. */
  readonly most: number
}

/** Applies the rules to all transactions: one run after another, as a run changes a limited number, until none is left or the person stops. */
export const ApplyRules = ({ householdId }: { readonly householdId: string }) => {
  const look = useLook()
  const [progress, setProgress] = useState<Progress | 'counting'>()
  const [isStopping, setIsStopping] = useState(false)
  const stops = useRef(false)
  // Whoever leaves the page stops it: nobody would see it go on.
  useEffect(
    () => () => {
      stops.current = true
    },
    [],
  )

  const apply = async () => {
    stops.current = false
    setIsStopping(false)
    const ids: string[] = []
    let now: Progress = { labels: 0, left: 0, most: 0 }
    setProgress('counting')
    try {
      const { changedTransactionCount: most } = await api('POST /v1/wealth/rules/previews', { body: { householdId } })
      now = { labels: 0, left: most, most }
      setProgress(now)
      do {
        const run = await api('POST /v1/wealth/rule-runs', { body: { householdId }, idempotencyKey: crypto.randomUUID() })
        ids.push(run.id)
        now = { labels: now.labels + run.changeCount, left: run.remainingCount, most }
        setProgress(now)
        await refreshQueries('GET /v1/wealth/rule-runs')
      } while (now.left > 0 && !stops.current)
    } finally {
      setProgress(undefined)
      if (ids.length > 0) changed(m.applied(now.labels, now.left), () => undoRuns(ids))
    }
  }
  if (!progress) return <Button onClick={() => void attempt(m.failed, apply)}>{m.applyAll}</Button>
  const shown = progress === 'counting' ? undefined : progress
  return (
    <div className={styles['progress']}>
      <progress aria-label={m.applying} {...(shown && shown.most > 0 ? { max: shown.most, value: shown.most - shown.left } : {})} />
      <span role="status">
        {shown ? m.progress(shown.labels, shown.left, formatNumber(shown.labels, look), formatNumber(shown.left, look)) : m.applying}
      </span>
      <Button
        busy={isStopping}
        onClick={() => {
          stops.current = true
          setIsStopping(true)
        }}
      >
        {m.stop}
      </Button>
    </div>
  )
}
