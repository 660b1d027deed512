import { useLocation } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { Form } from '../../components/form.tsx'
import { Card, Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useForm } from '../../components/use-form.ts'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { useCountFirst } from './dry-run-dialog.tsx'
import { AdministratorPage } from '../../shell/administrator-page.tsx'
import { PolicyFields } from './policy-fields.tsx'
import { bodyOf, checkPolicy, fieldOf, type PolicyValues, type RetainedTable } from './policy-values.ts'
import { makePolicy } from './store-policy.ts'
import { policyForm as m } from '#messages/operator'

const empty = {
  name: '',
  description: '',
  days: '365',
  conditions: '',
  scheduleCron: '0 3 * * *',
  timezone: 'UTC',
  isActive: true,
}

const NewPolicy = ({ tables }: { readonly tables: readonly RetainedTable[] }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const { confirm, dialog } = useCountFirst()
  const [first] = tables
  const form = useForm<PolicyValues>({
    initial: { ...empty, tableName: first?.tableName ?? '', action: first?.actions[0] ?? 'delete' },
    draft: 'retention-policy',
    check: values => checkPolicy(values, look),
    fieldOf,
    submit: async (values, idempotencyKey) => {
      const body = bodyOf(values, tables, look)
      await confirm(body)
      await makePolicy(body, idempotencyKey)
      navigate('/operator/retention')
    },
  })
  return (
    <Card>
      <Form form={form} submit={m.store} columns>
        <PolicyFields form={form} tables={tables} isNew />
      </Form>
      {dialog}
    </Card>
  )
}

const Tables = () => {
  const { data, error, refetch } = useApi('GET /v1/operations/retention-tables')
  if (error) return <Failure error={error} retry={refetch} />
  return data ? <NewPolicy tables={data.items} /> : <Loading />
}

const NewPolicyPage = () => (
  <AdministratorPage title={m.make} lead={m.makeLead} actions={<ButtonLink href="/operator/retention">{m.toList}</ButtonLink>}>
    <Tables />
  </AdministratorPage>
)

export default NewPolicyPage
