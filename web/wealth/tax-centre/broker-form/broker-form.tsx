import { useRef } from 'react'
import { ApiProblem } from '../../../client/problem.ts'
import { FileField, SelectField } from '../../../components/field.tsx'
import { Form } from '../../../components/form.tsx'
import { Card } from '../../../components/page.tsx'
import { useForm } from '../../../components/use-form.ts'
import { api } from '../../../shell/api.ts'
import type { Household } from '../../../shell/household.ts'
import { useAccounts } from '../../use-household-data.ts'
import { taxYearsOf } from '../tax-years.ts'
import type { Compared } from './comparison-data.ts'
import { form as m } from '#messages/broker-form'
import { dateOrderNames } from '#messages/import'

/** The largest file that the API takes, in bytes. */
const largestFile = 4_000_000

const faultOf = (file: File | undefined): string | undefined => {
  if (file === undefined) return m.missing
  if (file.size === 0) return m.emptyFile
  return file.size > largestFile ? m.tooLarge : undefined
}

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`

/** All faults of the file in one, since they are shown at one field. */
const inOneFault = (error: unknown): unknown => {
  if (!(error instanceof ApiProblem)) return error
  const { errors } = error.problem
  const ofFile = errors.filter(({ path }) => path.startsWith('body'))
  if (ofFile.length === 0) return error
  const fault = { path: 'file', message: ofFile.map(({ message }) => asSentence(message)).join(' ') }
  return new ApiProblem({ ...error.problem, errors: [...errors.filter(each => !ofFile.includes(each)), fault] })
}

/** The year, the account and the file of a comparison. */
export const BrokerForm = ({
  household,
  onCompared,
  year,
}: {
  readonly household: Household
  /** The year that is chosen first. */
  readonly year: string
  readonly onCompared: (compared: Compared | undefined) => void
}) => {
  const { chosen, years } = taxYearsOf(household, year)
  const { data } = useAccounts(household.id)
  const accounts = data?.items.filter(({ type }) => type === 'investment' || type === 'other') ?? []
  const file = useRef<File>(undefined)
  const form = useForm({
    initial: { year: chosen, accountId: '', dateOrder: '', file: '' },
    check: () => ({ file: faultOf(file.current) }),
    fieldOf: path => path.replace(/^query\./, ''),
    submit: async (values, key) => {
      onCompared(undefined)
      const { accountId } = values
      const dateOrder = (['MDY', 'DMY'] as const).find(order => order === values.dateOrder)
      try {
        const answer = await api('POST /v1/wealth/broker-comparisons', {
          query: {
            householdId: household.id,
            year: values.year,
            ...(accountId === '' ? {} : { accountId }),
            ...(dateOrder === undefined ? {} : { dateOrder }),
          },
          text: new Uint8Array(await file.current!.arrayBuffer()),
          mediaType: 'application/octet-stream',
        })
        const account = accounts.find(({ id }) => id === accountId)?.name ?? m.allAccounts
        onCompared({ answer, account, file: values.file, key })
      } catch (error) {
        throw inOneFault(error)
      }
    },
  })
  return (
    <Card>
      <Form form={form} submit={m.submit} columns>
        <SelectField {...form.text('year')} label={m.year} options={years.map(each => [each, each])} />
        <SelectField
          {...form.text('accountId')}
          label={m.account}
          help={m.accountHelp}
          options={[['', m.allAccounts], ...accounts.map(({ id, name }) => [id, name] as const)]}
        />
        <SelectField
          {...form.text('dateOrder')}
          label={m.dateOrder}
          options={[['', m.asInFile], ...(['MDY', 'DMY'] as const).map(order => [order, dateOrderNames[order]!] as const)]}
        />
        <FileField
          {...form.text('file')}
          label={m.file}
          help={m.fileHelp}
          accept=".csv,.txt,.tsv,text/csv"
          onFile={chosenFile => {
            file.current = chosenFile
            form.set({ file: chosenFile.name })
          }}
        />
      </Form>
    </Card>
  )
}
