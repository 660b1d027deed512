import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { Percent } from '../../components/figures.tsx'
import { Form } from '../../components/form.tsx'
import { formatNumber } from '../../components/format.ts'
import { Card, Grid, Loading, Notice, Page, Section, Stat } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { api, useApi } from '../../shell/api.ts'
import { useLook, useLookIsKnown } from '../../shell/preferences.ts'
import { changedStored } from '../../shell/undo.ts'
import { ModelFields } from './model-form.tsx'
import { checkModel, modelBody, modelFieldOf, type ModelPatch, type ModelValues, modelValues, weightField } from './model-values.ts'
import { refreshModels } from './requests.ts'
import type { AssumptionSet, PortfolioModel } from './stages.ts'
import { useOwners } from './use-owners.ts'
import { modelForm as m, models, set as words, titles } from '#messages/plan-assumptions'
import { form as buttons } from '#messages/shell'

const change = async (portfolioModelId: string, body: ModelPatch, ifMatch: number): Promise<PortfolioModel> => {
  const model = await api('PATCH /v1/planning/portfolio-models/{portfolioModelId}', { params: { portfolioModelId }, ifMatch, body })
  await refreshModels()
  return model
}

const versioned = (model: PortfolioModel) => ({ ...model, version: model.rowVersion })

interface Parts {
  readonly model: PortfolioModel
  readonly set: AssumptionSet
}

const Figures = ({ model }: { readonly model: PortfolioModel }) => {
  const look = useLook()
  return (
    <Grid>
      <Stat label={models.columns.mean}>
        <Percent value={model.expectedReturn} digits={2} />
      </Stat>
      <Stat label={models.columns.volatility}>
        <Percent value={model.volatility} digits={2} />
      </Stat>
      <Stat label={models.columns.sharpe} note={models.sharpeNote}>
        {model.sharpeRatio === null ? '–' : formatNumber(model.sharpeRatio, look, 2)}
      </Stat>
    </Grid>
  )
}

const ChangeModel = ({ model, set }: Parts) => {
  const look = useLook()
  const { assets } = set.assumptions
  const keys = assets.map(({ key }) => key)
  const bodyOf = (values: ModelValues) => ({ ...modelBody(values, keys, look), isActive: values.isActive })
  const valuesOf = (stored: PortfolioModel) => modelValues(stored, keys, look)
  const read = async () =>
    versioned(await api('GET /v1/planning/portfolio-models/{portfolioModelId}', { params: { portfolioModelId: model.id } }))
  const { conflict, form } = useVersionedForm<ModelValues, ReturnType<typeof versioned>>({
    stored: versioned(model),
    valuesOf,
    labels: {
      name: m.name,
      riskLevel: m.risk,
      description: m.description,
      isActive: m.active,
      assetAllocation: m.weights,
      ...Object.fromEntries(assets.map(({ key, name }) => [weightField(key), name])),
    },
    draft: `portfolio-model ${model.id}`,
    check: values => checkModel(values, keys, look),
    fieldOf: modelFieldOf,
    reload: read,
    save: async (values, version) => {
      const now = await change(model.id, bodyOf(values), version)
      changedStored(m.stored(now.name), versioned(now), read, at => change(model.id, bodyOf(valuesOf(model)), at))
    },
  })
  return (
    <Card>
      {model.assetAllocation === null && <Notice kind="warn">{m.unreadable}</Notice>}
      <Form form={form} submit={buttons.save} columns>
        <ModelFields form={form} assets={assets} isNew={false} />
      </Form>
      {conflict}
    </Card>
  )
}

const Weights = ({ model, set }: Parts) => (
  <Section title={m.weights}>
    <Table
      caption={m.weights}
      rows={set.assumptions.assets.filter(({ key }) => (model.assetAllocation?.[key] ?? 0) !== 0)}
      rowKey={({ key }) => key}
      columns={[
        { key: 'name', header: words.asset, cell: ({ name }) => <bdi>{name}</bdi> },
        {
          key: 'weight',
          header: m.weight,
          align: 'end',
          cell: ({ key }) => <Percent value={model.assetAllocation?.[key] ?? 0} digits={2} />,
        },
      ]}
    />
  </Section>
)

const Loaded = ({ model }: { readonly model: PortfolioModel }) => {
  const set = useApi('GET /v1/planning/assumption-sets/{assumptionSetId}', { params: { assumptionSetId: model.cmaId } })
  const isKnown = useLookIsKnown()
  const { canChange, isPending } = useOwners()
  if (set.error) return <Failure error={set.error} retry={set.refetch} />
  if (!set.data || !isKnown || isPending) return <Loading />
  return canChange(model.householdId) ? (
    <>
      <Figures model={model} />
      <ChangeModel model={model} set={set.data} />
    </>
  ) : (
    <>
      <Notice>{model.published ? m.publishedLead : m.viewer}</Notice>
      <Figures model={model} />
      <Weights model={model} set={set.data} />
    </>
  )
}

/** A portfolio model: its figures and its weights. */
const ModelPage = () => {
  const { portfolioModelId = '' } = useParams()
  const { data, error, refetch } = useApi('GET /v1/planning/portfolio-models/{portfolioModelId}', { params: { portfolioModelId } })
  return (
    <Page
      title={data?.name ?? titles.model}
      lead={data?.description ?? m.lead}
      actions={
        <>
          <ButtonLink href="/assumptions">{words.toList}</ButtonLink>
          {data && <ButtonLink href={`/assumptions/${data.cmaId}`}>{m.toSet}</ButtonLink>}
        </>
      }
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && <Loaded key={data.id} model={data} />}
    </Page>
  )
}

export default ModelPage
