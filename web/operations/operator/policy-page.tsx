import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Form } from '../../components/form.tsx'
import { Card, Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useForm } from '../../components/use-form.ts'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { api, useApi } from '../../shell/api.ts'
import { useLook, useLookIsKnown } from '../../shell/preferences.ts'
import { useCountFirst } from './dry-run-dialog.tsx'
import { AdministratorPage } from '../../shell/administrator-page.tsx'
import { PolicyFields } from './policy-fields.tsx'
import { bodyOf, checkPolicy, fieldOf, type Policy, type PolicyValues, type RetainedTable, valuesOf } from './policy-values.ts'
import { changePolicy, removePolicy } from './store-policy.ts'
import { policyForm as m, titles } from '#messages/operator'

const list = '/operator/retention'

const RemoveDialog = ({ onClose, policy }: { readonly policy: Policy; readonly onClose: () => void }) => {
  const [, navigate] = useLocation()
  const form = useForm({
    initial: {},
    submit: async () => {
      await removePolicy(policy)
      navigate(list)
    },
  })
  return (
    <Dialog title={m.removeTitle(policy.name)} onClose={onClose}>
      <Form form={form} submit={m.removeNow} onCancel={onClose}>
        <p>{m.removeLead}</p>
      </Form>
    </Dialog>
  )
}

const ChangePolicy = ({ policy, tables }: { readonly policy: Policy; readonly tables: readonly RetainedTable[] }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const [removes, setRemoves] = useState(false)
  const { confirm, dialog } = useCountFirst()
  const { conflict, form } = useVersionedForm<PolicyValues, Policy>({
    stored: policy,
    valuesOf: stored => valuesOf(stored, look.locale),
    labels: {
      name: m.name,
      description: m.description,
      tableName: m.table,
      action: m.action,
      days: m.period,
      conditions: m.conditions,
      scheduleCron: m.schedule,
      timezone: m.timezone,
      isActive: m.active,
    },
    draft: `retention-policy ${policy.id}`,
    check: values => checkPolicy(values, look),
    fieldOf,
    reload: () => api('GET /v1/operations/retention-policies/{policyId}', { params: { policyId: policy.id } }),
    save: async (values, version) => {
      const body = bodyOf(values, tables, look)
      await confirm(body)
      await changePolicy(policy, body, version)
      navigate(list)
    },
  })
  return (
    <Card>
      <Form form={form} submit={m.store} columns others={<Button onClick={() => setRemoves(true)}>{m.remove}</Button>}>
        <PolicyFields form={form} tables={tables} />
      </Form>
      {dialog}
      {conflict}
      {removes && <RemoveDialog policy={policy} onClose={() => setRemoves(false)} />}
    </Card>
  )
}

const Loaded = ({ policyId }: { readonly policyId: string }) => {
  const policy = useApi('GET /v1/operations/retention-policies/{policyId}', { params: { policyId } })
  const tables = useApi('GET /v1/operations/retention-tables')
  const isKnown = useLookIsKnown()
  const error = policy.error ?? tables.error
  if (error) return <Failure error={error} retry={() => Promise.all([policy.refetch(), tables.refetch()])} />
  if (!policy.data || !tables.data || !isKnown) return <Loading />
  return <ChangePolicy policy={policy.data} tables={tables.data.items} />
}

const PolicyPage = () => {
  const { policyId = '' } = useParams()
  return (
    <AdministratorPage title={titles.policy} lead={m.makeLead} actions={<ButtonLink href={list}>{m.toList}</ButtonLink>}>
      <Loaded key={policyId} policyId={policyId} />
    </AdministratorPage>
  )
}

export default PolicyPage
