import { useLocation } from 'wouter'
import { Dialog } from '../../components/dialog.tsx'
import { TextAreaField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { refreshPlan } from '../inputs/requests.ts'
import type { Plan } from '../plan-header.tsx'
import { branch as m } from '#messages/plan-history'
import { form as words } from '#messages/shell'

/** Makes a scenario of a plan, and opens it to be changed. */
export const BranchDialog = ({ onClose, plan }: { readonly plan: Plan; readonly onClose: () => void }) => {
  const [, go] = useLocation()
  const form = useForm({
    initial: { name: m.suggested(plan.name), description: '' },
    draft: `branch:${plan.id}`,
    check: ({ name }): Record<string, string> => (name.trim() === '' ? { name: words.required } : {}),
    submit: async ({ description, name }, idempotencyKey) => {
      const made = await api('POST /v1/planning/plans/{planId}/branches', {
        params: { planId: plan.id },
        body: { name, ...(description.trim() === '' ? {} : { description }) },
        idempotencyKey,
      })
      await refreshPlan()
      onClose()
      go(`/plans/${made.id}/edit`)
    },
  })
  return (
    <Dialog title={m.title} onClose={onClose}>
      <p>{m.explain}</p>
      <Form form={form} submit={m.submit} onCancel={onClose}>
        <TextField {...form.text('name')} label={m.name} />
        <TextAreaField {...form.text('description')} label={m.description} optional rows={2} />
      </Form>
    </Dialog>
  )
}
