import type { ReactNode } from 'react'
import { PercentField, SelectField, TextField } from '../../components/field.tsx'
import { Notice } from '../../components/page.tsx'
import type { Form } from '../../components/use-form.ts'
import { chosenDataset } from './own-stress.ts'
import { chosenInflation, inflationChoices, isHistory, kinds, type ModelFields, type Past, usualInflation } from './return-model.ts'
import { returnModel as m } from '#messages/plan-run'

interface Part<Fields extends ModelFields> {
  readonly form: Form<Fields>
  readonly past: Past | undefined
  /** What is shown until the datasets are read. */
  readonly waiting: ReactNode
}

/** The next step where no dataset has the returns that the plan needs. */
const NoDataset = ({ assets }: Past) => (
  <Notice kind="warn">
    <div>
      <p>
        <strong>{m.noneFits}</strong> {m.noneFitsLead}
      </p>
      <p>
        <code>{['year', ...assets, usualInflation].join(', ')}</code>
      </p>
      <p>
        {m.importLead} <code>{m.importCommand}</code>
      </p>
    </div>
  </Notice>
)

const DatasetFields = <Fields extends ModelFields>({ form, past, waiting }: Part<Fields>) => {
  if (!past) return waiting
  const { kind } = form.values
  const dataset = chosenDataset(form.values, past.datasets)
  if (!dataset) return <NoDataset {...past} />
  return (
    <>
      <SelectField
        {...form.text('datasetId')}
        value={dataset.id}
        label={m.dataset}
        help={m.datasetHelp}
        options={past.datasets.map(
          ({ firstYear, id, lastYear, name, version }) => [id, m.named(name, version, firstYear, lastYear)] as const,
        )}
      />
      <SelectField
        {...form.text('inflationSeries')}
        value={chosenInflation(form.values, dataset, past.assets)}
        label={m.inflation}
        help={m.inflationHelp}
        options={inflationChoices(dataset, past.assets).map(name => [name, name] as const)}
      />
      {kind === 'block_bootstrap' && <TextField {...form.text('block')} label={m.block} help={m.blockHelp} inputMode="numeric" />}
      {kind === 'stationary_bootstrap' && (
        <TextField {...form.text('block')} label={m.meanBlock} help={m.meanBlockHelp} inputMode="decimal" />
      )}
    </>
  )
}

/** How a run draws its returns: the model, and what it needs. */
export const ReturnModelFields = <Fields extends ModelFields>({ form, past, waiting }: Part<Fields>) => {
  const { kind } = form.values
  return (
    <>
      <SelectField
        {...form.text('kind')}
        label={m.model}
        help={m.helps[kind]}
        options={kinds.map(each => [each, m.kinds[each]] as const)}
      />
      {kind === 'student_t' && <TextField {...form.text('degrees')} label={m.degrees} help={m.degreesHelp} inputMode="decimal" />}
      {kind === 'regime' && (
        <>
          <PercentField {...form.text('shift')} label={m.shift} help={m.shiftHelp} />
          <TextField {...form.text('factor')} label={m.factor} help={m.factorHelp} inputMode="decimal" />
          <PercentField {...form.text('becomesTurbulent')} label={m.becomesTurbulent} help={m.becomesTurbulentHelp} />
          <PercentField {...form.text('becomesCalm')} label={m.becomesCalm} help={m.becomesCalmHelp} />
        </>
      )}
      {isHistory(kind) && <DatasetFields form={form} past={past} waiting={waiting} />}
    </>
  )
}
