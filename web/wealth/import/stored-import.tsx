import { useEffect } from 'react'
import { Button, ButtonLink } from '../../components/button.tsx'
import { formatNumber } from '../../components/format.ts'
import { Notice } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { isBusy, pollMilliseconds } from './poll.ts'
import type { Import } from './send-file.ts'
import { refreshImported } from './undo-import.ts'
import { preview as m } from '#messages/import'

const registerOf = ({ accounts }: Import): string => {
  const [only, ...others] = accounts ?? []
  return only?.accountId && others.length === 0 ? `/accounts/${only.accountId}/register` : '/transactions'
}

/** What has become of an import that the person has committed. While its rows are stored, it is read again and again. */
export const StoredImport = ({
  importId,
  onAgain,
  onUndo,
}: {
  readonly importId: string
  /** Looks at the preview again, after the rows could not be stored. */
  readonly onAgain: () => void
  readonly onUndo: (stored: Import) => void
}) => {
  const look = useLook()
  const { data, error, refetch } = useApi(
    'GET /v1/wealth/imports/{importId}',
    { params: { importId } },
    { refetchInterval: query => (isBusy(query.state.data?.status) ? pollMilliseconds : false) },
  )
  const status = data?.status
  useEffect(() => {
    if (status !== undefined && !isBusy(status)) void refreshImported()
  }, [status])
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (data?.status === 'storing') return <Notice>{m.storing(data.newCount ?? 0, formatNumber(data.newCount ?? 0, look))}</Notice>
  if (data?.status === 'undone') return <Notice kind="good">{m.undone}</Notice>
  if (data?.status === 'undoing') return <Notice>{m.undoing}</Notice>
  if (data?.status === 'open' && data.failure !== null)
    return (
      <Notice kind="bad">
        {m.notStored(data.failure)} <Button onClick={onAgain}>{m.lookAgain}</Button>
      </Notice>
    )
  if (data?.status !== 'committed') return null
  const stored = (data.accounts ?? []).reduce((sum, each) => sum + (each.stored ?? 0), 0)
  return (
    <Notice kind="good">
      {m.stored(stored, formatNumber(stored, look))} <ButtonLink href={registerOf(data)}>{m.show}</ButtonLink>{' '}
      <Button onClick={() => onUndo(data)}>{m.undo}</Button>
    </Notice>
  )
}
