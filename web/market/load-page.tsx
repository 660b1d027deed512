import { useState } from 'react'
import { Button, ButtonLink } from '../components/button.tsx'
import { CheckboxField, FileField, SelectField, TextAreaField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { formatNumber } from '../components/format.ts'
import { EmptyState, Notice, Page } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useForm } from '../components/use-form.ts'
import { useApi } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { changed } from '../shell/undo.ts'
import { KeptProfiles } from './kept-profiles.tsx'
import { LoadPreview } from './load-preview.tsx'
import { type Check, checkRows, largestText, type PickedFile, type Profile, type Rows, storeRows, undoFile } from './load-rows.ts'
import { PriceFiles } from './price-files.tsx'
import { symbolPath } from './symbol-link.tsx'
import { type Timeframe } from './timeframes.ts'
import { load as m, timeframeNames, titles } from '#messages/market'

interface Done {
  readonly stored: number
  readonly unchanged: number
  readonly symbols: readonly string[]
}

const isSame = ({ file: leftFile, ...left }: Rows, { file: rightFile, ...right }: Rows): boolean =>
  leftFile === rightFile && JSON.stringify(left) === JSON.stringify(right)

/** The symbol in a usual name of a file: `aapl.us.csv` has prices of AAPL. */
const symbolOf = (name: string): string => /^([A-Za-z0-9^=-]{1,12})(?:[._]|$)/.exec(name)?.[1]?.toUpperCase() ?? ''

/** A text in UTF-8, which can be corrected in the page; undefined for a file that is sent as it is. */
const textOf = (bytes: ArrayBuffer): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

const LoadForm = () => {
  const look = useLook()
  const [check, setCheck] = useState<Check>()
  const [storing, setStoring] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [fileFault, setFileFault] = useState<string>()
  const [done, setDone] = useState<Done>()
  const [file, setFile] = useState<PickedFile>()
  const [fileName, setFileName] = useState<string>()
  const [profile, setProfile] = useState<Profile>()
  const [source, setSource] = useState('')
  const showCheck = (found: Check) => {
    setCheck(found)
    setSource(typed => (typed === '' ? (found.answer?.reading?.keptProfile ?? '') : typed))
  }
  const form = useForm({
    initial: { text: '', symbol: '', timeframe: '1d', duplicates: '', faultyRows: '', round: false },
    check: ({ text }): Readonly<Record<string, string>> => {
      if (file) return {}
      if (text.trim() === '') return { text: m.noText }
      return text.length > largestText ? { text: m.tooLarge } : {}
    },
    submit: async () => {
      setDone(undefined)
      setFailure(undefined)
      showCheck(await checkRows(rows))
    },
  })
  const { duplicates, faultyRows, round, symbol, text, timeframe } = form.values
  const rows: Rows = {
    text,
    file,
    fileName,
    profile,
    symbol: symbol.trim().toUpperCase(),
    timeframe: timeframe as Timeframe,
    duplicates: duplicates === '' ? undefined : (duplicates as Rows['duplicates']),
    skipFaults: faultyRows === '' ? undefined : faultyRows === 'skip',
    round,
  }
  const readFile = async (picked: File) => {
    setFileFault(undefined)
    if (picked.size > largestText) return setFileFault(m.tooLarge)
    const bytes = await picked.arrayBuffer()
    const content = textOf(bytes)
    setProfile(undefined)
    setSource('')
    setFileName(picked.name)
    setFile(content === undefined ? { name: picked.name, bytes: new Uint8Array(bytes) } : undefined)
    form.set({ text: content ?? '', ...(symbol === '' ? { symbol: symbolOf(picked.name) } : {}) })
  }
  const pasteInstead = () => {
    setFile(undefined)
    setFileName(undefined)
  }
  const store = async () => {
    setStoring(true)
    setFailure(undefined)
    try {
      const { fileId, stored, unchanged } = await storeRows(rows, source.trim())
      if (fileId) changed(m.fileStored(fileName), () => undoFile(fileId))
      setDone({ stored, unchanged, symbols: [...new Set(check?.answer?.preview?.bars.map(bar => bar.symbol))] })
      setCheck(undefined)
    } catch (error) {
      setFailure(error)
    } finally {
      setStoring(false)
    }
  }
  const recheck = (other: Rows = rows) => void checkRows(other).then(showCheck, setFailure)
  const readAgain = (other: Profile) => {
    setProfile(other)
    recheck({ ...rows, profile: other })
  }
  return (
    <>
      <Form form={form} submit={m.check}>
        <FileField
          id="price-file"
          name="file"
          error={fileFault}
          label={m.file}
          help={m.fileHelp}
          accept=".csv,.txt,.tsv,.json,.gz"
          onFile={file => void readFile(file)}
        />
        {file ? (
          <p>
            {m.asFile(file.name)} <Button onClick={pasteInstead}>{m.otherFile}</Button>
          </p>
        ) : (
          <TextAreaField {...form.text('text')} label={m.text} help={m.textHelp} rows={8} isCode />
        )}
        <TextField {...form.text('symbol')} label={m.symbol} help={m.symbolHelp} optional />
        <SelectField {...form.text('timeframe')} label={m.timeframe} help={m.timeframeHelp} options={Object.entries(timeframeNames)} />
        <SelectField {...form.text('duplicates')} label={m.duplicates} options={m.duplicateChoices} />
        <SelectField {...form.text('faultyRows')} label={m.faultyRows} options={m.faultyChoices} />
        <CheckboxField {...form.checkbox('round')} label={m.round} help={m.roundHelp} />
      </Form>
      {done && (
        <Notice kind="good">
          {m.stored(done.stored, done.unchanged, count => formatNumber(count, look))} {m.takeBack}
          {done.symbols.slice(0, 5).map(each => (
            <ButtonLink key={each} href={symbolPath(each)}>
              {m.show(each)}
            </ButtonLink>
          ))}
        </Notice>
      )}
      {failure !== undefined && <Failure error={failure} retry={check ? store : () => recheck()} />}
      {check && (
        <LoadPreview
          check={check}
          isStale={!isSame(check.rows, rows)}
          busy={storing}
          source={source}
          onSource={setSource}
          onStore={() => void store()}
          onMade={() => recheck()}
          onProfile={readAgain}
        />
      )}
      <PriceFiles />
      <KeptProfiles />
    </>
  )
}

const LoadPage = () => {
  const { data: me } = useApi('GET /v1/identity/me')
  return (
    <Page title={titles.load} lead={m.lead}>
      {me && (me.role === 'admin' ? <LoadForm /> : <EmptyState title={m.onlyAdministrators} />)}
    </Page>
  )
}

export default LoadPage
