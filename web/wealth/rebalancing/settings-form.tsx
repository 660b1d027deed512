import { useId } from 'react'
import { CheckboxList } from '../../components/checkbox-list.tsx'
import { CheckboxField, MoneyField, SelectField } from '../../components/field.tsx'
import { FieldGroup, Fields } from '../../components/field-group.tsx'
import { Card, Section } from '../../components/page.tsx'
import { RowFields, rowField } from '../../components/row-fields.tsx'
import type { NameOf } from '../lots/lot-data.ts'
import styles from './rebalancing.module.css'
import { type AccountAmounts, amountField, noAmounts, type Settings } from './settings.ts'
import { settings as m } from '#messages/rebalancing'

interface Props {
  readonly settings: Settings
  /** What is wrong, by field. */
  readonly faults: Readonly<Record<string, string>>
  readonly onChange: (part: Partial<Settings>) => void
}

const Budgets = ({ faults, onChange, settings: { budgets, isUnlimited } }: Props) => {
  const id = useId()
  return (
    <div className={styles['group']}>
      <RowFields
        id={id}
        error={faults['budgets']}
        legend={m.budgets}
        help={m.budgetsHelp}
        add={m.addBudget}
        nameOf={m.budgetRow}
        removeWords={m.removeBudget}
        rows={budgets.map(amount => ({ amount }))}
        makeRow={() => ({ amount: '' })}
        onChange={rows => onChange({ budgets: rows.map(({ amount }) => amount) })}
      >
        {({ amount }, change, index) => (
          <MoneyField {...rowField(id, index, 'amount')} label={m.budget} value={amount} onChange={text => change({ amount: text })} />
        )}
      </RowFields>
      <CheckboxField
        id={`${id}-unlimited`}
        name="isUnlimited"
        error={undefined}
        label={m.isUnlimited}
        checked={isUnlimited}
        onChange={isChosen => onChange({ isUnlimited: isChosen })}
      />
    </div>
  )
}

const names = ['newCash', 'withdrawal', 'minimumCash'] as const satisfies readonly (keyof AccountAmounts)[]

const AccountCash = ({
  accountId,
  faults,
  name,
  onChange,
  settings: { amounts },
}: Props & { readonly accountId: string; readonly name: string }) => {
  const id = useId()
  const own = amounts[accountId] ?? noAmounts
  return (
    <FieldGroup legend={name} error={undefined}>
      <Fields>
        {names.map(field => (
          <MoneyField
            key={field}
            id={`${id}-${field}`}
            name={field}
            label={m[field]}
            error={faults[amountField(accountId, field)]}
            value={own[field]}
            onChange={text => onChange({ amounts: { ...amounts, [accountId]: { ...own, [field]: text } } })}
          />
        ))}
      </Fields>
    </FieldGroup>
  )
}

/** What the proposals depend on. A change is asked for at once. */
export const SettingsForm = ({
  accountIds,
  nameOf,
  symbols,
  ...props
}: Props & {
  readonly accountIds: readonly string[]
  readonly nameOf: NameOf
  /** Securities that are held. */
  readonly symbols: readonly string[]
}) => {
  const id = useId()
  const { faults, onChange, settings } = props
  const field = (name: string) => ({ id: `${id}-${name}`, name, error: faults[name] })
  return (
    <Section title={m.title}>
      <Card>
        <Fields>
          <SelectField
            {...field('mode')}
            label={m.mode}
            value={settings.mode}
            options={Object.entries(m.modes)}
            onChange={mode => onChange({ mode: mode as Settings['mode'] })}
          />
          <SelectField
            {...field('aim')}
            label={m.aim}
            value={settings.aim}
            options={Object.entries(m.aims)}
            onChange={aim => onChange({ aim: aim as Settings['aim'] })}
          />
        </Fields>
        <div className={styles['marks']}>
          <CheckboxField
            {...field('avoidShortTerm')}
            label={m.avoidShortTerm}
            checked={settings.avoidShortTerm}
            onChange={avoidShortTerm => onChange({ avoidShortTerm })}
          />
          <CheckboxField
            {...field('harvestLosses')}
            label={m.harvestLosses}
            checked={settings.harvestLosses}
            onChange={harvestLosses => onChange({ harvestLosses })}
          />
        </div>
        <details className={styles['more']}>
          <summary>{m.more}</summary>
          <div className={styles['group']}>
            <Fields>
              <MoneyField
                {...field('minimumTrade')}
                label={m.minimumTrade}
                value={settings.minimumTrade}
                onChange={minimumTrade => onChange({ minimumTrade })}
              />
            </Fields>
            <Budgets {...props} />
            <h3>{m.cash}</h3>
            {accountIds.map(accountId => (
              <AccountCash key={accountId} {...props} accountId={accountId} name={nameOf(accountId)} />
            ))}
            {symbols.length > 0 && (
              <CheckboxList
                id={`${id}-doNotSell`}
                label={m.doNotSell}
                options={symbols.map(symbol => [symbol, symbol] as const)}
                chosen={settings.doNotSell}
                onChange={doNotSell => onChange({ doNotSell })}
              />
            )}
          </div>
        </details>
      </Card>
    </Section>
  )
}
