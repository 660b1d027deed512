import { currencyOptions } from '../../components/choices.ts'
import { CheckboxField, PercentField, SelectField, TextAreaField, TextField } from '../../components/field.tsx'
import { FieldGroup, Fields } from '../../components/field-group.tsx'
import type { Form } from '../../components/use-form.ts'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { isDebt } from '../account-kinds.ts'
import { useAccounts } from '../use-household-data.ts'
import { className, partName } from './class-names.ts'
import { accountIdsOf, type PortfolioValues } from './portfolio-values.ts'
import { useClassOptions } from './use-class-options.ts'
import { WeightRows } from './weight-rows.tsx'
import { portfolioForm as m, weights } from '#messages/portfolios'

interface Props {
  readonly form: Form<PortfolioValues>
  readonly householdId: string
}

/** The open accounts that are no debts, each with a mark. */
const Accounts = ({ form, householdId }: Props) => {
  const { data } = useAccounts(householdId)
  const { error, id, onChange, value } = form.text('accounts')
  const chosen = accountIdsOf(value)
  const offered = (data?.items ?? []).filter(account => (account.closedOn === null && !isDebt(account.type)) || chosen.includes(account.id))
  return (
    <FieldGroup id={id} legend={m.accounts} error={error}>
      <Fields>
        {offered.map(account => (
          <CheckboxField
            key={account.id}
            id={`${id}-${account.id}`}
            name={account.id}
            error={undefined}
            label={account.name}
            checked={chosen.includes(account.id)}
            onChange={isChosen => onChange((isChosen ? [...chosen, account.id] : chosen.filter(each => each !== account.id)).join('\n'))}
          />
        ))}
      </Fields>
    </FieldGroup>
  )
}

const ClassWeights = ({ form }: Pick<Props, 'form'>) => (
  <WeightRows {...form.text('classes')} legend={m.weights} keyLabel={weights.key} offered={useClassOptions()} nameOf={className} />
)

const symbolName = (key: string): string => partName(key, true)

/** The securities that the chosen accounts hold, and money. */
const SecurityWeights = ({ form, householdId }: Props) => {
  const { data } = useApi('GET /v1/wealth/positions', { query: { householdId } })
  const chosen = new Set(accountIdsOf(form.values.accounts))
  const held = new Set(data?.items.filter(({ accountId }) => chosen.has(accountId)).map(({ symbol }) => symbol))
  const offered = [...[...held].toSorted(), 'cash'].map(key => [key, symbolName(key)] as const)
  return <WeightRows {...form.text('securities')} legend={m.weights} keyLabel={weights.symbol} offered={offered} nameOf={symbolName} />
}

const ModelField = ({ form }: Pick<Props, 'form'>) => {
  const { data } = useApi('GET /v1/planning/portfolio-models', { query: { limit: 200, sort: 'riskLevel' } })
  return (
    <SelectField
      {...form.text('model')}
      label={m.model}
      options={[['', m.choose], ...(data?.items ?? []).map(({ id, name }) => [id, name] as const)]}
    />
  )
}

/** The fields of a portfolio. */
export const PortfolioFields = ({
  form,
  householdId,
  isDefault = false,
}: Props & {
  /** It is the default portfolio already. */
  readonly isDefault?: boolean
}) => {
  const look = useLook()
  const benchmarks = useApi('GET /v1/market/benchmarks', { query: { limit: 200, sort: 'name' } }).data?.items ?? []
  const { targetKind } = form.values
  return (
    <>
      <TextField {...form.text('name')} label={m.name} />
      <SelectField {...form.text('currency')} label={m.currency} help={m.currencyHelp} options={currencyOptions(look.locale)} />
      <TextAreaField {...form.text('description')} label={m.description} rows={2} optional />
      <Accounts form={form} householdId={householdId} />
      <SelectField {...form.text('targetKind')} label={m.target} options={Object.entries(m.targets)} />
      {targetKind === 'model' && <ModelField form={form} />}
      {targetKind === 'asset_class' && <ClassWeights form={form} />}
      {targetKind === 'instrument' && <SecurityWeights form={form} householdId={householdId} />}
      {targetKind !== 'none' && (
        <FieldGroup legend={m.bands} help={m.bandsHelp} error={undefined}>
          <Fields>
            <PercentField {...form.text('absoluteBand')} label={m.absoluteBand} />
            <PercentField {...form.text('relativeBand')} label={m.relativeBand} />
          </Fields>
        </FieldGroup>
      )}
      <SelectField
        {...form.text('benchmark')}
        label={m.benchmark}
        help={m.benchmarkHelp}
        options={[['', m.noBenchmark], ...benchmarks.map(({ id, name, symbol }) => [id, `${name} (${symbol})`] as const)]}
      />
      {!isDefault && <CheckboxField {...form.checkbox('isDefault')} label={m.makeDefault} />}
    </>
  )
}
