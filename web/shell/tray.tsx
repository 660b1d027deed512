import { useEffect, useId } from 'react'
import { Link } from 'wouter'
import { Button, IconButton } from '../components/button.tsx'
import { formatDuration, formatNumber } from '../components/format.ts'
import { Icon } from '../components/icon.tsx'
import { explain } from '../components/problem.tsx'
import { refreshRuns } from '../planning/refresh-runs.ts'
import { api, useApi } from './api.ts'
import { useLook } from './preferences.ts'
import { storedOnDevice, useStore } from './store.ts'
import { showToast } from './toasts.ts'
import styles from './tray.module.css'
import { problem, tray as m } from '#messages/shell'

interface Followed {
  readonly runId: string
  readonly planId: string
  readonly planName: string
}

const followed = storedOnDevice<readonly Followed[]>('runs', [])

/** Shows a large run in the tray of every page, until the person removes it. */
export const followRun = (run: Followed): void => followed.set(known => [...known.filter(({ runId }) => runId !== run.runId), run])
const dismiss = (id: string): void => followed.set(known => known.filter(({ runId }) => runId !== id))

const pollMilliseconds = 2000
const ended: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled'])

/** Seconds that are left at the pace so far; undefined before the first paths are done. */
const secondsLeft = (startedAt: string | null, done: number, all: number): number | undefined =>
  startedAt === null || done === 0 ? undefined : ((Date.now() - Date.parse(startedAt)) / 1000) * (all / done - 1)

const cancel = async (runId: string): Promise<void> => {
  try {
    await api('POST /v1/planning/runs/{runId}/cancellations', { params: { runId } })
  } catch (error) {
    showToast({ kind: 'bad', text: problem.title, error })
  }
}

const RunRow = ({ run: { planId, planName, runId } }: { readonly run: Followed }) => {
  const look = useLook()
  const { data, error } = useApi(
    'GET /v1/planning/runs/{runId}',
    { params: { runId } },
    { refetchInterval: query => (ended.has(query.state.data?.status ?? '') ? false : pollMilliseconds) },
  )
  const isDone = data?.status === 'succeeded'
  useEffect(() => {
    if (isDone) void refreshRuns()
  }, [isDone])
  const left = data ? secondsLeft(data.startedAt, data.completedPaths, data.pathCount) : undefined
  const words = { succeeded: m.done, failed: m.failed, cancelled: m.cancelled, queued: m.queued } as Readonly<Record<string, string>>
  return (
    <li className={styles['run']}>
      <strong>{planName}</strong>
      {data && (
        <>
          <progress aria-label={planName} max={data.pathCount} value={data.completedPaths} />
          <span>
            {words[data.status] ?? m.progress(formatNumber(data.completedPaths, look), formatNumber(data.pathCount, look))}
            {data.status === 'running' && left !== undefined && `, ${m.left(formatDuration(left, look))}`}
          </span>
        </>
      )}
      {error && <span>{explain(error)}</span>}
      <span className={styles['actions']}>
        {data && !ended.has(data.status) && <Button onClick={() => void cancel(runId)}>{m.cancel}</Button>}
        {isDone && <Link href={`/plans/${planId}?run=${runId}`}>{m.open}</Link>}
        {(error || (data && ended.has(data.status))) && <IconButton icon="close" label={m.dismiss} onClick={() => dismiss(runId)} />}
      </span>
    </li>
  )
}

/** The large runs that this device has started, on every page. */
export const RunTray = () => {
  const id = useId()
  const runs = useStore(followed)
  if (runs.length === 0) return null
  return (
    <>
      <button type="button" popoverTarget={id} className={styles['button']} aria-label={`${m.title}: ${runs.length}`}>
        <Icon name="clock" /> {runs.length}
      </button>
      <div id={id} popover="auto" className={styles['tray']}>
        <h2>{m.title}</h2>
        <ul>
          {runs.map(run => (
            <RunRow key={run.runId} run={run} />
          ))}
        </ul>
      </div>
    </>
  )
}
