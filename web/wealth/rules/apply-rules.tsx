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
  /** How many transactions are left; undefined until the first run has ended. */
  readonly left?: number
  /** How many were left after the first run. */
  readonly most?: number
}

/** Applies the rules to all transactions: one run after another, as a run changes a limited number, until none is left or the person stops. */
export const ApplyRules = ({ householdId }: { readonly householdId: string }) => {
  const look = useLook()
  const [progress, setProgress] = useState<Progress>()
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
    let now: Progress = { labels: 0 }
    setProgress(now)
    try {
      do {
        const run = await api('POST /v1/wealth/rule-runs', { body: { householdId }, idempotencyKey: crypto.randomUUID() })
        ids.push(run.id)
        now = { labels: now.labels + run.changeCount, left: run.remainingCount, most: now.most ?? run.remainingCount }
        setProgress(now)
        await refreshQueries('GET /v1/wealth/rule-runs')
      } while (now.left! > 0 && !stops.current)
    } finally {
      setProgress(undefined)
      if (ids.length > 0) changed(m.applied(now.labels, now.left ?? 0), () => undoRuns(ids))
    }
  }
  if (!progress) return <Button onClick={() => void attempt(m.failed, apply)}>{m.applyAll}</Button>
  const { labels, left, most } = progress
  return (
    <div className={styles['progress']}>
      <progress aria-label={m.applying} {...(left !== undefined && most ? { max: most, value: most - left } : {})} />
      <span role="status">
        {left === undefined ? m.applying : m.progress(labels, left, formatNumber(labels, look), formatNumber(left, look))}
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
