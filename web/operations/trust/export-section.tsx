import { useState } from 'react'
import { ApiProblem } from '../../client/problem.ts'
import { Button } from '../../components/button.tsx'
import { download } from '../../components/download.ts'
import { formatNumber } from '../../components/format.ts'
import { Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { api, useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { FreshSignIn } from './fresh-sign-in.tsx'
import { myData as m } from '#messages/trust'

/** Saves all data of the person. The server asks for a recent sign-in; after it, the download goes on. */
export const ExportSection = () => {
  const look = useLook()
  const { data: me } = useApi('GET /v1/identity/me')
  const [busy, setBusy] = useState(false)
  const [asks, setAsks] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [rows, setRows] = useState<number>()
  const save = async () => {
    setAsks(false)
    setBusy(true)
    setFailure(undefined)
    try {
      const text = await api('GET /v1/identity/me/export')
      download(`nestegg-${new Date().toISOString().slice(0, 10)}.jsonl`, text, 'application/x-ndjson')
      // The first line is the index.
      setRows(text.trim().split('\n').length - 1)
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'sign-in-required') setAsks(true)
      else setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section title={m.export} lead={m.exportLead}>
      <p>
        <Button kind="primary" icon="download" busy={busy} onClick={() => void save()}>
          {m.download}
        </Button>
      </p>
      {rows !== undefined && <Notice kind="good">{m.downloaded(formatNumber(rows, look))}</Notice>}
      {failure !== undefined && <Failure error={failure} retry={save} />}
      {asks && (
        <FreshSignIn
          title={m.signInAgain}
          lead={m.signInAgainLead}
          email={me?.email ?? ''}
          onClose={() => setAsks(false)}
          onSignedIn={() => void save()}
        />
      )}
    </Section>
  )
}
