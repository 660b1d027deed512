import { useState } from 'react'
import { EmptyState, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { ApiProblem } from '../../client/problem.ts'
import { api, useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import { showToast } from '../../shell/toasts.ts'
import { useAddress } from '../../shell/use-address.ts'
import { type Preview, type Reading } from './choices.ts'
import { ChooseFile } from './choose-file.tsx'
import { EarlierImports } from './earlier-imports.tsx'
import { PreviewOfFile } from './preview.tsx'
import { type Import, sendFile } from './send-file.ts'
import { StoredImport } from './stored-import.tsx'
import { refreshImported, undoImport } from './undo-import.ts'
import { choose as m, preview as words, titles } from '#messages/import'

/** From a file to its transactions in the ledger: send, look, store, undo. */
const Importer = ({ householdId }: { readonly householdId: string }) => {
  const { read, write } = useAddress()
  const { data: accounts } = useApi('GET /v1/wealth/accounts', { query: { householdId, limit: 1000, sort: 'name' } })
  const [progress, setProgress] = useState<number | 'reading'>()
  const [preview, setPreview] = useState<Preview>()
  const [reading, setReading] = useState<Reading>({})
  const [failure, setFailure] = useState<unknown>()

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
    write({ import: '' })
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
      await api('POST /v1/wealth/imports/{importId}/commit', { params: { importId: id }, body: reading, ifMatch: version })
      write({ import: id })
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
    if (!(await undoImport(id, version))) return
    write({ import: '' })
    showToast({ kind: 'good', text: words.undone })
  }
  const lookAgain = async (importId: string) => {
    await readAgain(importId, reading)
    write({ import: '' })
  }
  const committed = read('import')
  return (
    <>
      <ChooseFile onFile={file => void begin(file)} progress={progress} />
      {failure !== undefined && <Failure error={failure} />}
      {committed !== '' && (
        <StoredImport
          key={committed}
          importId={committed}
          onAgain={() => void lookAgain(committed)}
          onUndo={stored => void undo(stored).catch(setFailure)}
        />
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
