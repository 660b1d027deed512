import { download } from '../components/download.ts'
import { DateField, SelectField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Section } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { api } from '../shell/api.ts'
import type { Account } from './account-kinds.ts'
import { exporting as m } from '#messages/accounts'

type Format = keyof typeof m.formats

const mediaTypes = { csv: 'text/csv', json: 'application/json', ofx: 'application/x-ofx' } as const satisfies Record<Format, string>

/** Saves the transactions of an account as a file on the device. */
export const ExportTransactions = ({ account }: { readonly account: Account }) => {
  const form = useForm({
    initial: { format: 'csv', from: '', to: '' },
    fieldOf: path => path.replace(/^query\./, ''),
    submit: async ({ format, from, to }) => {
      const chosen = format as Format
      const file: unknown = await api('GET /v1/wealth/accounts/{accountId}/export', {
        params: { accountId: account.id },
        query: { format: chosen, ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) },
      })
      // The client has parsed an answer in JSON.
      const text = typeof file === 'string' ? file : `${JSON.stringify(file, undefined, 1)}\n`
      download(m.file(account.name, chosen), text, mediaTypes[chosen])
    },
  })
  return (
    <Section title={m.title} lead={m.lead}>
      <Form form={form} submit={m.save} columns>
        <SelectField {...form.text('format')} label={m.format} help={m.formatHelp} options={Object.entries(m.formats)} />
        <DateField {...form.text('from')} label={m.from} optional />
        <DateField {...form.text('to')} label={m.to} optional />
      </Form>
    </Section>
  )
}
