import { useLocation } from 'wouter'
import { CheckboxField, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { useForm } from '../../components/use-form.ts'
import { api, refreshQueries } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { changed } from '../../shell/undo.ts'
import { Actions } from './actions.tsx'
import { Conditions } from './conditions.tsx'
import { bodyOfRule, type Rule, type RuleBody } from './rule-body.ts'
import { RulePreview } from './rule-preview.tsx'
import { bodyOf, checkRule, fieldOf, newValues, type RuleValues, valuesOf } from './rule-values.ts'
import type { RuleNames } from './use-rule-names.ts'
import { form as m } from '#messages/rules'

const ruleQueries = ['GET /v1/wealth/rules', 'GET /v1/wealth/rules/{ruleId}'] as const

const patch = async (ruleId: string, body: RuleBody, ifMatch: number | '*'): Promise<void> => {
  await api('PATCH /v1/wealth/rules/{ruleId}', { params: { ruleId }, body, ifMatch })
  await refreshQueries(...ruleQueries)
}

/** Makes a rule, or changes one, and shows what it would change. */
export const RuleForm = ({
  householdId,
  names,
  rule,
}: {
  readonly householdId: string
  readonly names: RuleNames
  readonly rule?: Rule
}) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const form = useForm<RuleValues>({
    initial: rule ? valuesOf(rule, look, names) : newValues,
    draft: `rule ${rule?.id ?? householdId}`,
    check: checkRule,
    fieldOf,
    submit: async (values, idempotencyKey) => {
      const body = bodyOf(values, look)
      if (rule) {
        await patch(rule.id, body, rule.version)
        changed(m.stored(body.name), () => patch(rule.id, bodyOfRule(rule), '*'))
      } else {
        await api('POST /v1/wealth/rules', { body: { householdId, ...body }, idempotencyKey })
        await refreshQueries(...ruleQueries)
        showToast({ kind: 'good', text: m.stored(body.name) })
      }
      navigate('/rules')
    },
  })
  return (
    <>
      <Card>
        <Form form={form} submit={m.store}>
          <TextField {...form.text('name')} label={m.name} />
          <SelectField {...form.text('match')} label={m.match} options={m.matches} />
          <Conditions form={form} names={names} />
          <Actions form={form} names={names} />
          <CheckboxField {...form.checkbox('isActive')} label={m.active} />
          <CheckboxField {...form.checkbox('stopAfter')} label={m.stopAfter} />
        </Form>
      </Card>
      <RulePreview householdId={householdId} values={form.values} names={names} />
    </>
  )
}
