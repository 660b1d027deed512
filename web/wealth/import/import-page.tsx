import { useState } from 'react'
import { ButtonLink, Button } from '../../components/button.tsx'
import { formatNumber } from '../../components/format.ts'
import { EmptyState, Notice, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { ApiProblem } from '../../client/problem.ts'
import { api, useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { useAddress } from '../../shell/use-address.ts'
import { type Preview, type Reading } from './choices.ts'
import { ChooseFile } from './choose-file.tsx'
import { EarlierImports } from './earlier-imports.tsx'
import { PreviewOfFile } from './preview.tsx'
import { type Import, sendFile } from './send-file.ts'
import { refreshImported, undoImport } from './undo-import.ts'
import { choose as m, preview as words, titles } from '#messages/import'

/** From a file to its transactions in the ledger: send, look, store, undo. */
const Importer = ({ householdId }: { readonly householdId: string }) => {
  const look = useLook()
  const { read } = useAddress()
  const { data: accounts } = useApi('GET /v1/wealth/accounts', { query: { householdId, limit: 1000, sort: 'name' } })
  const [progress, setProgress] = useState<number | 'reading'>()
  const [preview, setPreview] = useState<Preview>()
  const [reading, setReading] = useState<Reading>({})
  const [failure, setFailure] = useState<unknown>()
  const [done, setDone] = useState<Import>()

  const readAgain = async (importId: string, next: Reading) => {
    setProgress('reading')
    setFailure(undefined)
    setReading(next)
    try {
      setPreview(await api('POST /v1/wealth/imports/{importId}/preview', { params: { importId }, body: next }))
    } catch (error) {
      setFailure(error)
    } finally {
      setProgress(undefined)
    }
  }
  const begin = async (file: File) => {
    setPreview(undefined)
    setDone(undefined)
    setFailure(undefined)
    setProgress(0)
    try {
      const begun = await sendFile(householdId, file, setProgress)
      const accountId = read('account')
      await readAgain(begun.id, accountId === '' ? {} : { accounts: [{ key: '*', accountId }] })
    } catch (error) {
      setFailure(error)
      setProgress(undefined)
    }
  }
  const store = async ({ import: { id, version } }: Preview) => {
    setProgress('reading')
    setFailure(undefined)
    try {
      const stored = await api('POST /v1/wealth/imports/{importId}/commit', { params: { importId: id }, body: reading, ifMatch: version })
      setDone(stored)
      setPreview(undefined)
      await refreshImported()
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.status === 409) {
        showToast({ kind: 'info', text: words.changed })
        await readAgain(id, reading)
      } else setFailure(error)
    } finally {
      setProgress(undefined)
    }
  }
  const undo = async ({ id, version }: Import) => {
    await undoImport(id, version)
    setDone(undefined)
    showToast({ kind: 'good', text: words.undone })
  }
  const stored = (done?.accounts ?? []).reduce((sum, each) => sum + (each.stored ?? 0), 0)
  const [only, ...others] = done?.accounts ?? []
  const register = only?.accountId && others.length === 0 ? `/accounts/${only.accountId}/register` : '/transactions'
  return (
    <>
      <ChooseFile onFile={file => void begin(file)} progress={progress} />
      {failure !== undefined && <Failure error={failure} />}
      {done && (
        <Notice kind="good">
          {words.stored(stored, formatNumber(stored, look))} <ButtonLink href={register}>{words.show}</ButtonLink>{' '}
          <Button onClick={() => void undo(done).catch(setFailure)}>{words.undo}</Button>
        </Notice>
      )}
      {preview && (
        <PreviewOfFile
          key={preview.import.id}
          preview={preview}
          reading={reading}
          accounts={accounts?.items ?? []}
          busy={progress !== undefined}
          onRead={next => void readAgain(preview.import.id, next)}
          onSaveAs={name => setReading({ ...reading, saveProfileAs: name === '' ? undefined : name })}
          onStore={() => void store(preview)}
        />
      )}
    </>
  )
}

const ImportPage = () => {
  const { canEdit, household } = useHouseholds()
  return (
    <Page title={titles.import} lead={m.lead}>
      {household && (canEdit ? <Importer key={household.id} householdId={household.id} /> : <EmptyState title={m.onlyEditors} />)}
      {household && <EarlierImports householdId={household.id} canEdit={canEdit} />}
    </Page>
  )
}

export default ImportPage
