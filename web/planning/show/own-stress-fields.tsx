import { PercentField, SelectField, TextField } from '../../components/field.tsx'
import type { Form } from '../../components/use-form.ts'
import { chosenDataset, chosenSeries, type Dataset, type OwnFields } from './own-stress.ts'
import type { PersonOfPlan } from './stresses.ts'
import { stress as m } from '#messages/plan-analyses'

/** The fields of the stress that the person thinks of: its kind, and what that kind needs. */
export const OwnStressFields = ({
  assets,
  datasets,
  form,
  people,
}: {
  readonly form: Form<OwnFields>
  readonly people: readonly PersonOfPlan[]
  readonly assets: readonly string[]
  readonly datasets: readonly Dataset[]
}) => {
  const kind = form.values['kind']
  const dataset = chosenDataset(form.values, datasets)
  const kinds = (['none', 'inflation_shock', 'early_death', 'long_life', 'sequence'] as const).filter(
    each => each !== 'sequence' || dataset !== undefined,
  )
  return (
    <>
      <SelectField {...form.text('kind')} label={`${m.own}: ${m.kind}`} options={kinds.map(each => [each, m.kinds[each]] as const)} />
      {kind === 'inflation_shock' && <PercentField {...form.text('rate')} label={m.rate} />}
      {kind === 'early_death' && (
        <SelectField {...form.text('person')} label={m.person} options={people.map(({ name }) => [name, name] as const)} />
      )}
      {(kind === 'early_death' || kind === 'long_life') && <TextField {...form.text('age')} label={m.age} inputMode="numeric" />}
      {kind === 'sequence' && dataset && (
        <>
          <SelectField
            {...form.text('datasetId')}
            value={dataset.id}
            label={m.dataset}
            options={datasets.map(({ firstYear, id, lastYear, name }) => [id, `${name} (${firstYear}–${lastYear})`] as const)}
          />
          <TextField {...form.text('fromYear')} label={m.fromYear} inputMode="numeric" />
          {assets.map(asset => (
            <SelectField
              key={asset}
              {...form.text(`series:${asset}`)}
              value={chosenSeries(form.values, asset, dataset)}
              label={m.series(asset.replaceAll('_', ' '))}
              options={dataset.series.map(name => [name, name] as const)}
            />
          ))}
        </>
      )}
      {(kind === 'inflation_shock' || kind === 'sequence') && <TextField {...form.text('years')} label={m.years} inputMode="numeric" />}
    </>
  )
}
