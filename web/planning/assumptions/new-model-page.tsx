import { useState } from 'react'
import { useLocation } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { SelectField } from '../../components/field.tsx'
import { filterField } from '../../components/filters.tsx'
import { Form } from '../../components/form.tsx'
import { Card, EmptyState, Loading, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useForm } from '../../components/use-form.ts'
import { api, useApi } from '../../shell/api.ts'
import { useLook, useLookIsKnown } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { useAddress } from '../../shell/use-address.ts'
import { ModelFields } from './model-form.tsx'
import { checkModel, modelBody, modelFieldOf, type ModelValues, modelValues } from './model-values.ts'
import { refreshModels } from './requests.ts'
import type { AssumptionSet } from './stages.ts'
import { useOwners } from './use-owners.ts'
import { modelForm as m, set as words, setForm, titles } from '#messages/plan-assumptions'

const NewModel = ({ set }: { readonly set: AssumptionSet }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const { editable } = useOwners()
  // A set of a household is for the models of that household only.
  const possible = editable.filter(({ id }) => set.published || id === set.householdId)
  const [chosen, setChosen] = useState('')
  const householdId = chosen || (possible[0]?.id ?? '')
  const { assets } = set.assumptions
  const keys = assets.map(({ key }) => key)
  const form = useForm<ModelValues>({
    initial: modelValues(undefined, keys, look),
    draft: `new-portfolio-model ${set.id}`,
    check: values => checkModel(values, keys, look),
    fieldOf: modelFieldOf,
    submit: async (values, idempotencyKey) => {
      const body = { householdId, cmaId: set.id, ...modelBody(values, keys, look) }
      const model = await api('POST /v1/planning/portfolio-models', { body, idempotencyKey })
      await refreshModels()
      showToast({ kind: 'good', text: m.stored(model.name) })
      navigate(`/assumptions/models/${model.id}`)
    },
  })
  if (possible.length === 0) return <EmptyState title={setForm.noHousehold} />
  return (
    <Card>
      <Form form={form} submit={m.store} columns>
        {possible.length > 1 && (
          <SelectField
            {...filterField('household', householdId, setChosen)}
            label={m.household}
            options={possible.map(({ id, name }) => [id, name])}
          />
        )}
        <ModelFields form={form} assets={assets} isNew />
      </Form>
    </Card>
  )
}

const ForSet = ({ assumptionSetId }: { readonly assumptionSetId: string }) => {
  const { data, error, refetch } = useApi('GET /v1/planning/assumption-sets/{assumptionSetId}', { params: { assumptionSetId } })
  const { isPending } = useOwners()
  const isKnown = useLookIsKnown()
  if (error) return <Failure error={error} retry={refetch} />
  return data && isKnown && !isPending ? <NewModel set={data} /> : <Loading />
}

/** Makes a portfolio model of the assumption set in the address, or of the first one. */
const NewModelPage = () => {
  const { read, write } = useAddress()
  const { data, error, refetch } = useApi('GET /v1/planning/assumption-sets', { query: { limit: 200, sort: 'name', isActive: true } })
  const set = read('set') || data?.items[0]?.id
  return (
    <Page title={titles.newModel} lead={m.lead} actions={<ButtonLink href="/assumptions">{words.toList}</ButtonLink>}>
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && (
        <SelectField
          {...filterField('set', set ?? '', value => write({ set: value }))}
          label={m.set}
          options={data.items.map(({ id, name }) => [id, name])}
        />
      )}
      {data && set !== undefined && <ForSet key={set} assumptionSetId={set} />}
    </Page>
  )
}

export default NewModelPage
