import { CheckboxField, TextAreaField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Card, Section } from '../../components/page.tsx'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { api } from '../../shell/api.ts'
import { changedStored } from '../../shell/undo.ts'
import { refreshSets } from './requests.ts'
import type { SetSummary } from './stages.ts'
import { set as m, setForm as fields } from '#messages/plan-assumptions'
import { form as words } from '#messages/shell'

interface Values extends Record<string, string | boolean> {
  readonly name: string
  readonly description: string
  readonly isActive: boolean
}

type Stored = Pick<SetSummary, 'description' | 'isActive' | 'name'>

/** `version` of a set is its name for a version; the form needs the number of its row. */
const versioned = ({ description, isActive, name, rowVersion }: Stored & Pick<SetSummary, 'rowVersion'>) => ({
  description,
  isActive,
  name,
  version: rowVersion,
})

const valuesOf = ({ description, isActive, name }: Stored): Values => ({ name, description: description ?? '', isActive })

const change = async (assumptionSetId: string, { description, isActive, name }: Values, ifMatch: number): Promise<SetSummary> => {
  const stored = await api('PATCH /v1/planning/assumption-sets/{assumptionSetId}', {
    params: { assumptionSetId },
    ifMatch,
    body: { name: name.trim(), description: description.trim() === '' ? null : description.trim(), isActive },
  })
  await refreshSets()
  return stored
}

/** What can still change in a set: its name, its notes, and whether it is offered. */
export const SetDetails = ({ set }: { readonly set: SetSummary }) => {
  const { id } = set
  const read = async () => versioned(await api('GET /v1/planning/assumption-sets/{assumptionSetId}', { params: { assumptionSetId: id } }))
  const { conflict, form } = useVersionedForm<Values, ReturnType<typeof versioned>>({
    stored: versioned(set),
    valuesOf,
    draft: `assumption-set ${id}`,
    labels: { name: fields.name, description: fields.description, isActive: fields.active },
    check: ({ name }) => (name.trim() === '' ? { name: words.required } : {}),
    reload: read,
    save: async (values, version) => {
      const now = await change(id, values, version)
      changedStored(m.saved(now.name), versioned(now), read, at => change(id, valuesOf(set), at))
    },
  })
  return (
    <Section title={m.details} lead={m.detailsLead}>
      <Card>
        <Form form={form} submit={words.save} columns>
          <TextField {...form.text('name')} label={fields.name} />
          <TextAreaField {...form.text('description')} label={fields.description} rows={2} optional />
          <CheckboxField {...form.checkbox('isActive')} label={fields.active} />
        </Form>
        {conflict}
      </Card>
    </Section>
  )
}
