import { useState } from 'react'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { TextField } from '../../components/field.tsx'
import { Facts } from '../../components/facts.tsx'
import { formatNumber } from '../../components/format.ts'
import { Form } from '../../components/form.tsx'
import { Notice, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { audit as m } from '#messages/operator'

type Verification = ApiAnswer<'GET /v1/operations/audit/verification'>

const Result = ({ verification }: { readonly verification: Verification }) => {
  const look = useLook()
  const { anchors, findings, isComplete, isValid, moreFindings, seals, unsealedRows, verifiedRows } = verification
  const number = (figure: number) => formatNumber(figure, look)
  return (
    <>
      <Notice kind={isValid ? 'good' : 'bad'}>{isValid ? m.valid : m.invalid}</Notice>
      {!isComplete && <Notice kind="warn">{m.incomplete}</Notice>}
      <Facts
        facts={[
          [m.verifiedRows, number(verifiedRows)],
          [m.seals, number(seals)],
          [m.anchors, number(anchors)],
          [m.unsealed, number(unsealedRows)],
        ]}
      />
      {findings.length > 0 && (
        <Table
          caption={m.findings}
          rows={findings.map((finding, key) => ({ ...finding, key }))}
          rowKey={({ key }) => String(key)}
          columns={[
            { key: 'kind', header: m.kind, cell: ({ kind }) => <code>{kind}</code> },
            {
              key: 'where',
              header: m.where,
              cell: ({ anchor, month, restore, row, seal }) => <code>{row ?? anchor ?? restore ?? seal ?? month}</code>,
            },
            { key: 'detail', header: m.detail, cell: ({ detail }) => detail },
          ]}
        />
      )}
      {moreFindings > 0 && <p>{m.more(number(moreFindings))}</p>}
    </>
  )
}

/** Verifies the seals and the rows of some months on demand. */
export const AuditVerification = () => {
  const [verification, setVerification] = useState<Verification>()
  const form = useForm({
    initial: { from: '', to: '' },
    fieldOf: path => path.replace(/^query\./, ''),
    submit: async ({ from, to }) => {
      setVerification(undefined)
      const query = { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) }
      setVerification(await api('GET /v1/operations/audit/verification', { query }))
    },
  })
  return (
    <Section title={m.verification} lead={m.verificationLead}>
      <Form form={form} submit={m.verify} columns>
        <TextField {...form.text('from')} label={m.from} help={m.monthHelp} optional />
        <TextField {...form.text('to')} label={m.to} optional />
      </Form>
      {verification && <Result verification={verification} />}
    </Section>
  )
}
